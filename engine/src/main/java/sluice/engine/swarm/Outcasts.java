package sluice.engine.swarm;

import java.util.LinkedHashSet;
import java.util.Set;
import sluice.protocol.address.Endpoint;

/** Who is never to be dialled: liars, and ourselves. Bounded; the oldest go first. Loop only. */
final class Outcasts {
  private final Set<Endpoint> banned = new LinkedHashSet<>();
  private final Set<Endpoint> own = new LinkedHashSet<>();

  /** Bans a culprit. */
  void ban(Endpoint culprit) {
    add(banned, culprit, KnownPeers.MAX_BANNED);
  }

  boolean isBanned(Endpoint endpoint) {
    return banned.contains(Addresses.culprit(endpoint));
  }

  /** Remembers one of our own endpoints. */
  void own(Endpoint endpoint) {
    add(own, endpoint, KnownPeers.MAX_OWN);
  }

  boolean isOwn(Endpoint endpoint) {
    return own.contains(endpoint);
  }

  private static void add(Set<Endpoint> set, Endpoint endpoint, int most) {
    if (set.size() >= most && !set.contains(endpoint)) {
      set.remove(set.iterator().next());
    }
    set.add(endpoint);
  }
}
