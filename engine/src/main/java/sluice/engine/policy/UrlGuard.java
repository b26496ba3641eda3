package sluice.engine.policy;

import java.net.URI;
import sluice.engine.port.Reach;

/**
 * How far torrents are trusted that name addresses: a torrent may name a service of the machine or
 * of the home network, to have it asked for something from inside.
 */
public enum UrlGuard {
  /** Nothing but the public network is asked. */
  STRICT,

  /**
   * This machine is asked only for what plainly is an announce or a file; the home network, too,
   * has no queries of web seeds. Link-local addresses are not asked.
   */
  NORMAL,

  /** Everything is asked. */
  OFF;

  /** Where an announce to {@code uri}, as the torrent names it, may go. */
  public Reach tracker(URI uri) {
    boolean plain = "/announce".equals(uri.getRawPath()) && uri.getRawQuery() == null;
    return reach(plain ? Reach.MACHINE : Reach.NETWORK);
  }

  /** Where datagrams to trackers may go. */
  public Reach datagrams() {
    return reach(Reach.MACHINE);
  }

  /** Where a request for a file at {@code uri} may go. */
  public Reach webSeed(URI uri) {
    return reach(uri.getRawQuery() == null ? Reach.MACHINE : Reach.PUBLIC);
  }

  private Reach reach(Reach normal) {
    return switch (this) {
      case STRICT -> Reach.PUBLIC;
      case NORMAL -> normal;
      case OFF -> Reach.ANY;
    };
  }
}
