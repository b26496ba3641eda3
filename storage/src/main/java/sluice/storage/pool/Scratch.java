package sluice.storage.pool;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.LongAdder;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * The reused memory and digests of one worker. Belongs to its thread; what it gives out is valid
 * until the job ends.
 */
public final class Scratch {
  /**
   * Size of the stage. Large enough to make system calls rare, small enough to stay in a core's
   * second-level cache, so that copying through it costs less than many small calls.
   */
  public static final int STAGE_BYTES = 1 << 17;

  private final ByteBuffer stage = ByteBuffer.allocateDirect(STAGE_BYTES);
  private final MessageDigest sha1 = Digests.sha1();
  private final MessageDigest sha256 = Digests.sha256();
  private byte[] leaves = new byte[64 * Hash.SHA256_BYTES];

  private final LongAdder hashed;

  /** {@code hashed} counts bytes that go through digests, for all threads. */
  Scratch(LongAdder hashed) {
    this.hashed = hashed;
  }

  /** Bytes are given to a digest. */
  public void hashed(long bytes) {
    hashed.add(bytes);
  }

  /** Direct memory between files and blocks, cleared. */
  public ByteBuffer stage() {
    return stage.clear();
  }

  /** A SHA-1 digest, reset. */
  public MessageDigest sha1() {
    sha1.reset();
    return sha1;
  }

  /** A SHA-256 digest, reset. */
  public MessageDigest sha256() {
    sha256.reset();
    return sha256;
  }

  /** Room for {@code count} leaf hashes; its content is undefined. */
  public byte[] leaves(int count) {
    if (leaves.length < count * Hash.SHA256_BYTES) {
      leaves = new byte[count * Hash.SHA256_BYTES];
    }
    return leaves;
  }
}
