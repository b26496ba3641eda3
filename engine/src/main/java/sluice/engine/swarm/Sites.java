package sluice.engine.swarm;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Connections of a session by where they go. Loop only. */
final class Sites {
  private final Map<Site, Integer> counts = new HashMap<>();

  /** An IPv4 address, or an IPv6 network of 64 bits, which one user has. */
  record Site(boolean ipv6, long bits) {
    static Site of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      boolean ipv6 = bytes.remaining() > Integer.BYTES;
      return new Site(ipv6, ipv6 ? bytes.getLong() : bytes.getInt());
    }
  }

  /** Counts one more at {@code site}; false, and nothing is counted, if there are {@code most}. */
  boolean add(Site site, int most) {
    int count = counts.getOrDefault(site, 0);
    if (count >= most) {
      return false;
    }
    counts.put(site, count + 1);
    return true;
  }

  void remove(Site site) {
    counts.computeIfPresent(site, (s, count) -> count > 1 ? count - 1 : null);
  }

  int size() {
    return counts.size();
  }
}
