package sluice.daemon.web;

/** The way in which a route is spoken to, which decides how it refuses. */
public enum Dialect {
  /** Our own API. */
  OWN,
  /** The Web API of qBittorrent. */
  QBITTORRENT,
  /** The RPC of Transmission. */
  TRANSMISSION,
  /** Pages and their files, and what monitors ask. */
  PAGE
}
