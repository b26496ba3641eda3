package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.KnownPeers;

/**
 * What a torrent has when it begins: next to nothing, or what the fetch of its metadata leaves. Its
 * guests wait, with their pipes not read, until {@link #admit} or {@link #abandon}. Loop only.
 */
public final class Beginning {
  private final KnownPeers known;
  private final ConnectionBudget connections;
  private final Optional<Announcing> announcing;
  private final List<MetadataPeer> guests;

  Beginning(
      KnownPeers known,
      ConnectionBudget connections,
      Optional<Announcing> announcing,
      List<MetadataPeer> guests) {
    this.known = known;
    this.connections = connections;
    this.announcing = announcing;
    this.guests = new ArrayList<>(guests);
  }

  /** A torrent that comes from a torrent file. */
  public static Beginning fresh(Services services, int maxPeers) {
    return new Beginning(
        new KnownPeers(KnownPeers.DEFAULT_CAPACITY, services.gate()::blocks),
        services.connections().torrent(maxPeers),
        Optional.empty(),
        List.of());
  }

  /** One that was announced while it was not open. */
  static Beginning announced(Services services, int maxPeers, Announcing announcing) {
    Beginning fresh = fresh(services, maxPeers);
    return new Beginning(fresh.known, fresh.connections, Optional.of(announcing), List.of());
  }

  KnownPeers known() {
    return known;
  }

  ConnectionBudget connections() {
    return connections;
  }

  /** The announces, made for {@code owner} from here on. */
  Announcing announcing(Services services, Announcing.Owner owner) {
    announcing.ifPresent(a -> a.owner(owner));
    return announcing.orElseGet(() -> new Announcing(services, owner));
  }

  /** A guest has gone. */
  void gone(MetadataPeer guest) {
    guests.remove(guest);
  }

  /** Lets the guests in. */
  void admit(Admission admission) {
    List<MetadataPeer> all = List.copyOf(guests);
    guests.clear();
    for (MetadataPeer guest : all) {
      admission.moved(guest.connection(), guest.release());
    }
  }

  /** There will be no torrent: sends the guests away and says goodbye to the trackers. */
  public void discard() {
    abandon();
    announcing.ifPresent(a -> a.stop(() -> {}));
  }

  /** Sends the guests away. */
  void abandon() {
    List.copyOf(guests).forEach(guest -> guest.close("the torrent has stopped"));
  }
}
