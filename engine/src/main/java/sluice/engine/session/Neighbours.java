package sluice.engine.session;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.engine.lsd.Lsd;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;

/**
 * Peers in the local network (BEP 14): tells it of the torrents of a session that run and are not
 * private, and of those whose metadata are being fetched. A torrent that stands closed is opened
 * for who tells of it. Loop only.
 */
final class Neighbours implements Lsd.Listener {
  private final EngineConfig config;
  private final Register entries;
  private final Lsd lsd;

  Neighbours(Ports ports, EngineConfig config, Register entries) {
    this.config = config;
    this.entries = entries;
    this.lsd = new Lsd(ports.datagrams().net(), ports.entropy(), this);
  }

  void start() {
    if (config.lsd()) {
      lsd.start(config.listen().stream().map(Endpoint::address).toList());
    }
  }

  /** A second has passed. */
  void tick(long now, int port, Collection<Torrent> running, Collection<Fetching> fetching) {
    if (config.lsd()) {
      lsd.tick(() -> told(running, fetching), port, now);
    }
  }

  private static Set<Hash> told(Collection<Torrent> running, Collection<Fetching> fetching) {
    Set<Hash> told = new LinkedHashSet<>();
    fetching.forEach(each -> told.add(each.entry().hashes().wire().getFirst()));
    running.stream()
        .filter(Neighbours::isTold)
        .forEach(torrent -> told.add(torrent.hashes().wire().getFirst()));
    return told;
  }

  private static boolean isTold(Torrent torrent) {
    return torrent.phase().isActive() && !torrent.metainfo().info().isPrivate();
  }

  @Override
  public void onPeer(Hash torrent, Endpoint peer) {
    Optional<Entry> entry = entries.byWire(torrent);
    entry
        .flatMap(Entry::torrent)
        .filter(Neighbours::isTold)
        .ifPresent(running -> running.offer(List.of(peer), Source.LSD));
    entry.ifPresent(e -> e.standby().found(List.of(peer), Source.LSD));
    entry.flatMap(Entry::fetching).ifPresent(fetching -> fetching.near(peer));
  }

  /** How often a torrent was told. */
  long announced() {
    return lsd.announced();
  }

  void close() {
    lsd.close();
  }
}
