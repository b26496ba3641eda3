package sluice.daemon.auth;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import sluice.daemon.web.Problem;
import sluice.protocol.digest.Hash;

/**
 * Counts wrong keys by address: after {@link #MOST} of them nothing more is looked at from there
 * for an hour, or for a minute on this machine itself, where one wrong program would lock out all
 * others. Any thread.
 */
final class Attempts {
  static final int MOST = 5;
  static final long BLOCKED_MILLIS = 3_600_000;
  static final long BLOCKED_HERE_MILLIS = 60_000;
  private static final int MAX_ADDRESSES = 10_000;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final LongSupplier unixMillis;
  private final Map<Hash, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Failures> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  Attempts(LongSupplier unixMillis) {
    this.unixMillis = unixMillis;
  }

  private record Failures(int count, long lastMillis) {}

  /**
   * Has a look at whether {@code address} may try.
   *
   * @throws Problem if it was wrong too often
   */
  synchronized void check(InetAddress address) {
    Failures before = failures.get(network(address));
    if (before == null) {
      return;
    }
    long blocked = address.isLoopbackAddress() ? BLOCKED_HERE_MILLIS : BLOCKED_MILLIS;
    if (unixMillis.getAsLong() - before.lastMillis() >= blocked) {
      failures.remove(network(address));
    } else if (before.count() >= MOST) {
      throw new Problem(403, "blocked", "too many wrong keys from this address; try again later");
    }
  }

  /** It was wrong. */
  synchronized void failed(InetAddress address) {
    long now = unixMillis.getAsLong();
    failures.merge(
        network(address),
        new Failures(1, now),
        (before, one) -> new Failures(before.count() + 1, now));
  }

  /** It was right. */
  synchronized void succeeded(InetAddress address) {
    failures.remove(network(address));
  }

  /** An IPv4 address, or the /64 of an IPv6 address, of which one user may have all. */
  private static Hash network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Hash.sha1(bytes.length > 4 ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }
}
