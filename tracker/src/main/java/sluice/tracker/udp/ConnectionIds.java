package sluice.tracker.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import sluice.protocol.digest.Hash;

/**
 * Connection ids without state (BEP 15): a keyed hash of the client's address and of the time, so
 * that who has not got the id at its address cannot know it. Trackers with the same secret accept
 * each other's. Immutable.
 *
 * <p>The lowest byte tells in which period of 8 s the id was made; it is good for 15 periods after
 * that one, that is for 120 to 128 s.
 */
public final class ConnectionIds {
  private static final int PERIOD_BITS = 3;
  private static final int PERIODS = 15;
  private static final int MARK = 0xff;

  private final SipHash hash;

  /** With a secret of two random words. */
  public ConnectionIds(long secret0, long secret1) {
    this.hash = new SipHash(secret0, secret1);
  }

  /** With a secret that several trackers share. */
  public static ConnectionIds shared(String secret) {
    ByteBuffer digest =
        ByteBuffer.wrap(
            Hash.sha256(("connection ids " + secret).getBytes(StandardCharsets.UTF_8)).bytes());
    return new ConnectionIds(digest.getLong(), digest.getLong());
  }

  /** The id for the address in two words. */
  public long issue(long high, long low, long epochSeconds) {
    return make(high, low, epochSeconds >> PERIOD_BITS);
  }

  /** Whether {@code id} was issued to this address, and not too long ago. */
  public boolean accepts(long id, long high, long low, long epochSeconds) {
    long period = epochSeconds >> PERIOD_BITS;
    int age = (int) (period - id) & MARK;
    return age <= PERIODS && make(high, low, period - age) == id;
  }

  private long make(long high, long low, long period) {
    return (hash.of(high, low, period) & ~(long) MARK) | (period & MARK);
  }
}
