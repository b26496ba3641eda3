package sluice.engine.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;

/** Where visitors of an entry wait, as long as somebody is asked in. Loop only. */
final class Reception {
  private final Loop loop;

  /** Who came; null as long as nobody is asked in. */
  private @Nullable Visitors visitors;

  Reception(Loop loop) {
    this.loop = loop;
  }

  /** Whether somebody is asked in, so that the entry is to be opened. */
  boolean isOpen() {
    return visitors != null;
  }

  /** Peers that {@code source} named, which are to be tried once it is open. */
  void offer(List<Endpoint> peers, Source source) {
    open().offer(peers, source);
  }

  /** Asks visitors in. */
  Visitors open() {
    Visitors all = visitors == null ? new Visitors(loop) : visitors;
    visitors = all;
    return all;
  }

  /** Brings them to {@code run}, which takes whoever comes later. */
  void bring(Torrent run) {
    if (visitors != null) {
      visitors.bring(run);
      visitors = null;
    }
  }

  /** Nobody can be let in. */
  void close() {
    if (visitors != null) {
      visitors.sendAway();
      visitors = null;
    }
  }
}
