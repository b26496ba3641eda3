package sluice.engine.session;

import sluice.engine.policy.UrlGuard;

/**
 * Rules of the way to others.
 *
 * @param guard where what torrents name may be
 * @param mapPorts whether the router is asked to let peers in
 * @param incoming whether peers are let in by TCP at all
 * @param toAll whether every tracker of a torrent is announced to, and not only the first that
 *     answers
 */
public record NetRules(UrlGuard guard, boolean mapPorts, boolean incoming, boolean toAll) {
  /** Addresses in torrents are looked at, and peers let in; routers are not asked. */
  public static final NetRules DEFAULT = new NetRules(UrlGuard.NORMAL, false, true, false);

  /** The same with another guard. */
  public NetRules guard(UrlGuard changed) {
    return new NetRules(changed, mapPorts, incoming, toAll);
  }

  /** The same, asking routers or not. */
  public NetRules mapPorts(boolean on) {
    return new NetRules(guard, on, incoming, toAll);
  }

  /** The same, letting peers in or not. */
  public NetRules incoming(boolean on) {
    return new NetRules(guard, mapPorts, on, toAll);
  }

  /** The same, announcing to every tracker or not. */
  public NetRules toAll(boolean on) {
    return new NetRules(guard, mapPorts, incoming, on);
  }
}
