package sluice.engine.utp;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import sluice.protocol.utp.UtpType;

/** Packets of one direction by their type. Loop only. */
final class PacketCounts {
  private static final UtpType[] TYPES = UtpType.values();

  private final Map<UtpType, long[]> counts = new EnumMap<>(UtpType.class);

  PacketCounts() {
    for (UtpType type : TYPES) {
      counts.put(type, new long[1]);
    }
  }

  void add(UtpType type) {
    Objects.requireNonNull(counts.get(type))[0]++;
  }

  /** The packet that {@code datagram} is, which we have made. */
  void add(ByteBuffer datagram) {
    add(TYPES[datagram.get(datagram.position()) >> 4]);
  }

  /** Adds them to {@code all}. */
  void addTo(Map<UtpType, Long> all) {
    counts.forEach((type, count) -> all.merge(type, count[0], Long::sum));
  }

  /** None of any type. */
  static Map<UtpType, Long> none() {
    return new EnumMap<>(UtpType.class);
  }
}
