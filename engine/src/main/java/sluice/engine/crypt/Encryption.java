package sluice.engine.crypt;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;
import sluice.protocol.digest.Hash;
import sluice.protocol.mse.MseChance;
import sluice.protocol.mse.MseInitiator;
import sluice.protocol.mse.MseResponder;
import sluice.protocol.mse.SkeyIndex;

/** What a session's encrypted connections share. Loop only. */
public final class Encryption {
  private final EncryptionPolicy policy;
  private final Entropy entropy;
  private final KeyWork work;
  private final Scratch scratch;
  private final SkeyIndex torrents = new SkeyIndex();

  /**
   * Encryption as {@code policy} wants it.
   *
   * @param spare gives a block that nobody needs, or null, to encrypt into
   */
  public Encryption(
      Loop loop, Entropy entropy, EncryptionPolicy policy, Supplier<@Nullable Block> spare) {
    this.policy = policy;
    this.entropy = entropy;
    this.work = new KeyWork(loop);
    this.scratch = new Scratch(spare);
  }

  /** What the user wants. */
  public EncryptionPolicy policy() {
    return policy;
  }

  /** The info-hashes that peers may name when they connect. */
  public SkeyIndex torrents() {
    return torrents;
  }

  /** Hides a stream that begins with {@code initial} on a pipe that was dialled. */
  public void dialled(Pipe pipe, Hash infoHash, byte[] initial, Opening.Outcome outcome) {
    Opening opening =
        new Opening(
            pipe, new MseInitiator(infoHash, policy.methods(), initial, chance()), this, outcome);
    pipe.handler(opening);
    opening.begin();
  }

  /** Finds out whether a pipe that came in is encrypted, and decrypts it if so. */
  public void accepted(Pipe pipe, Opening.Outcome outcome) {
    if (policy.allows(Approach.ENCRYPTED)) {
      pipe.handler(new FirstBytes(pipe, this, outcome));
    } else {
      outcome.onStream(pipe, java.nio.ByteBuffer.allocate(0));
    }
  }

  Opening responder(Pipe pipe, Opening.Outcome outcome) {
    return new Opening(pipe, new MseResponder(torrents, policy.methods(), chance()), this, outcome);
  }

  KeyWork work() {
    return work;
  }

  Scratch scratch() {
    return scratch;
  }

  private MseChance chance() {
    byte[] exponent = new byte[MseChance.EXPONENT_BYTES];
    entropy.fill(exponent);
    byte[] pad = new byte[entropy.nextInt(MseChance.MAX_PAD_BYTES + 1)];
    entropy.fill(pad);
    return new MseChance(exponent, pad, entropy.nextInt(MseChance.MAX_PAD_BYTES + 1));
  }
}
