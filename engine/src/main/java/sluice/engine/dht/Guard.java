package sluice.engine.dht;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.SecureIds;

/**
 * What others may ask of us: so many datagrams from one address, so many from all who were not
 * asked, so many bytes of answers in all, and to an address that has not proved that it receives
 * what we send there, hardly more than came from it, as its datagrams may be somebody else's. Loop
 * only.
 */
final class Guard {
  /** Datagrams a second from one address, in the long run. */
  static final int PER_ADDRESS_PER_SECOND = 5;

  /** Datagrams in a burst. */
  static final int BURST = 50;

  /** So long nothing is taken from an address that sent more. */
  static final long BLOCK_NANOS = 300_000_000_000L;

  /**
   * Datagrams a second that are read of all whose answers are not awaited, in the long run. There
   * are answers for hardly more of them.
   */
  static final int STRANGERS_PER_SECOND = 250;

  /** The same, in a burst. */
  static final int STRANGERS_BURST = 1_000;

  /** Most bytes of answers a second, in the long run. */
  static final int BYTES_PER_SECOND = 32_000;

  /** Most bytes of answers in a burst. */
  static final int BURST_BYTES = 128_000;

  /** Most addresses that are watched; the one that was heard of the longest ago goes first. */
  static final int MAX_WATCHED = 8_192;

  /** Most addresses that have proved to be real. */
  static final int MAX_PROVEN = 8_192;

  /** A proof is good for this long. */
  static final long PROOF_NANOS = 900_000_000_000L;

  /** What an address without a proof gets beyond one and a half of what came from it, at most. */
  static final int ADVANCE_BYTES = 2_000;

  /** Nodes a second that are asked whether they are where they seem to be. */
  static final int VERIFIED_PER_SECOND = 4;

  private static final double AMPLIFICATION = 1.5;

  private final Map<Endpoint, Sender> senders = new Recent<>(MAX_WATCHED);
  private final Map<Endpoint, Long> proven = new Recent<>(MAX_PROVEN);
  private final Refill bytes;
  private final Refill strangers;
  private final Refill verifications;

  private static final class Sender {
    Refill datagrams;
    double credit = ADVANCE_BYTES;
    long blockedNanos;
    boolean blocked;

    Sender(long now) {
      this.datagrams = new Refill(PER_ADDRESS_PER_SECOND, BURST, now);
    }
  }

  /** A map that forgets what was not used for the longest time. */
  private static final class Recent<V> extends LinkedHashMap<Endpoint, V> {
    private static final long serialVersionUID = 1L;
    private static final float LOAD = 0.75f;

    private final int most;

    Recent(int most) {
      super(16, LOAD, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Endpoint, V> eldest) {
      return size() > most;
    }
  }

  Guard(long now) {
    bytes = new Refill(BYTES_PER_SECOND, BURST_BYTES, now);
    strangers = new Refill(STRANGERS_PER_SECOND, STRANGERS_BURST, now);
    verifications = new Refill(VERIFIED_PER_SECOND, 2.0 * VERIFIED_PER_SECOND, now);
  }

  /** Whether one more node may be asked whether it is where it seems to be. */
  boolean mayVerify(long now) {
    return verifications.take(now);
  }

  /**
   * Whether a datagram of {@code size} bytes from {@code from} is looked at.
   *
   * @param awaited whether an answer from there is awaited
   */
  boolean takes(Endpoint from, int size, boolean awaited, long now) {
    // Before anything is kept of it: in a flood of many addresses this is all that most of it
    // costs.
    if (!awaited && strangers.left(now) < 1) {
      return false;
    }
    Sender sender = senders.computeIfAbsent(culprit(from), who -> new Sender(now));
    if (sender.blocked && now - sender.blockedNanos < BLOCK_NANOS) {
      return false;
    }
    sender.blocked = !sender.datagrams.take(now);
    if (sender.blocked) {
      sender.blockedNanos = now;
      sender.datagrams = new Refill(PER_ADDRESS_PER_SECOND, BURST, now);
      return false;
    }
    if (!awaited) {
      strangers.spend(1);
    }
    sender.credit = Math.min(ADVANCE_BYTES, sender.credit + AMPLIFICATION * size);
    return true;
  }

  /** How many bytes may be sent to {@code to} as an answer. */
  int allowance(Endpoint to, long now) {
    double left = bytes.left(now);
    Sender sender = senders.get(culprit(to));
    double credit = sender == null || isProven(to, now) ? BURST_BYTES : sender.credit;
    return (int) Math.max(0, Math.min(left, credit));
  }

  /** An answer of {@code size} bytes was sent to {@code to}. */
  void sent(Endpoint to, int size) {
    bytes.spend(size);
    Sender sender = senders.get(culprit(to));
    if (sender != null) {
      sender.credit = Math.max(0, sender.credit - size);
    }
  }

  /** {@code who} has received what we sent there. */
  void prove(Endpoint who, long now) {
    proven.put(culprit(who), now);
  }

  private boolean isProven(Endpoint who, long now) {
    Long since = proven.get(culprit(who));
    return since != null && now - since < PROOF_NANOS;
  }

  /** One address is one sender; in networks of tests it is one endpoint. */
  private static Endpoint culprit(Endpoint who) {
    InetAddress address = who.address();
    return SecureIds.isExempt(address) ? who : new Endpoint(address, 0);
  }
}
