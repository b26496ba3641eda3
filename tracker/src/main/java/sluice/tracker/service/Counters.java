package sluice.tracker.service;

/**
 * What a tracker has done since its start, by the way that requests came.
 *
 * @param udp datagrams
 * @param http requests over HTTP
 * @param websocket messages over WebSocket
 */
public record Counters(Tally udp, Tally http, Tally websocket) {
  Counters() {
    this(new Tally(), new Tally(), new Tally());
  }

  /** Announces by all ways. */
  public long announces() {
    return udp.announces().sum() + http.announces().sum() + websocket.announces().sum();
  }
}
