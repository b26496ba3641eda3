package sluice.tracker.swarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Swarms as maps, to compare the store with. */
final class Model {
  /** A peer: the family and a number that its address and port follow from. */
  record Who(boolean ipv6, int number) {}

  /** What is known of a peer. */
  record Known(Role role, int seconds) {}

  final Map<Integer, Map<Who, Known>> swarms = new TreeMap<>();

  Map<Who, Known> swarm(int hash) {
    return swarms.computeIfAbsent(hash, _ -> new LinkedHashMap<>());
  }

  void expire(int seconds, int ttl) {
    swarms.values().forEach(s -> s.values().removeIf(known -> seconds - known.seconds > ttl));
    swarms.values().removeIf(Map::isEmpty);
  }

  long count(int hash, Role role) {
    return swarms.getOrDefault(hash, Map.of()).values().stream()
        .filter(k -> k.role == role)
        .count();
  }

  static void identify(Visit visit, Who who) {
    if (who.ipv6) {
      visit.ipv6(0x2001_0db8L << 32 | who.number / 7, who.number * 31L, 1 + who.number % 7);
    } else {
      visit.ipv4(0x0a000000 + who.number / 7, 1 + who.number % 7);
    }
  }
}
