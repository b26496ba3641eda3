package sluice.engine.dht;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.SecureIds;

/**
 * What others may ask of us: so many datagrams from one address, so many bytes of answers in all,
 * and to an address that has not proved that it receives what we send there, hardly more than came
 * from it, as its datagrams may be somebody else's. Loop only.
 */
final class Guard {
  /** Datagrams a second from one address, in the long run. */
  static final int PER_ADDRESS_PER_SECOND = 5;

  /** Datagrams in a burst. */
  static final int BURST = 50;

  /** So long nothing is taken from an address that sent more. */
  static final long BLOCK_NANOS = 300_000_000_000L;

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
  private static final double NANOS = 1e9;

  private final Map<Endpoint, Sender> senders = new Recent<>(MAX_WATCHED);
  private final Map<Endpoint, Long> proven = new Recent<>(MAX_PROVEN);
  private double bytes = BURST_BYTES;
  private double verifications = VERIFIED_PER_SECOND;
  private long verifiedNanos;
  private long sinceNanos;

  private static final class Sender {
    double datagrams = BURST;
    double credit = ADVANCE_BYTES;
    long sinceNanos;
    long blockedNanos;
    boolean blocked;

    Sender(long now) {
      this.sinceNanos = now;
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
    this.sinceNanos = now;
    this.verifiedNanos = now;
  }

  /** Whether one more node may be asked whether it is where it seems to be. */
  boolean mayVerify(long now) {
    double filled = verifications + (now - verifiedNanos) / NANOS * VERIFIED_PER_SECOND;
    verifications = Math.min(2 * VERIFIED_PER_SECOND, filled);
    verifiedNanos = now;
    if (verifications < 1) {
      return false;
    }
    verifications--;
    return true;
  }

  /** Whether a datagram of {@code size} bytes from {@code from} is looked at. */
  boolean takes(Endpoint from, int size, long now) {
    Sender sender = senders.computeIfAbsent(culprit(from), who -> new Sender(now));
    if (sender.blocked && now - sender.blockedNanos < BLOCK_NANOS) {
      return false;
    }
    double elapsed = (now - sender.sinceNanos) / NANOS;
    double filled = sender.datagrams + elapsed * PER_ADDRESS_PER_SECOND;
    sender.datagrams = Math.min(BURST, filled) - 1;
    sender.sinceNanos = now;
    sender.blocked = sender.datagrams < 0;
    if (sender.blocked) {
      sender.blockedNanos = now;
      sender.datagrams = BURST;
      return false;
    }
    sender.credit = Math.min(ADVANCE_BYTES, sender.credit + AMPLIFICATION * size);
    return true;
  }

  /** How many bytes may be sent to {@code to} as an answer. */
  int allowance(Endpoint to, long now) {
    double filled = bytes + (now - sinceNanos) / NANOS * BYTES_PER_SECOND;
    bytes = Math.min(BURST_BYTES, filled);
    sinceNanos = now;
    Sender sender = senders.get(culprit(to));
    double credit = sender == null || isProven(to, now) ? BURST_BYTES : sender.credit;
    return (int) Math.max(0, Math.min(bytes, credit));
  }

  /** An answer of {@code size} bytes was sent to {@code to}. */
  void sent(Endpoint to, int size) {
    bytes -= size;
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
