package sluice.engine.dht;

import sluice.protocol.krpc.DhtQuery;

/**
 * Queries of the DHT that were alike.
 *
 * @param method its name, or {@code other}
 * @param incoming whether others asked
 * @param result what became of it
 */
public record QueryCount(String method, boolean incoming, Result result) {
  /** What became of a query. */
  public enum Result {
    ANSWERED,
    REFUSED,
    /** No answer came, or none was given as there were too many. */
    SILENT
  }

  static QueryCount of(DhtQuery query, boolean incoming, Result result) {
    String method = query instanceof DhtQuery.Unknown ? "other" : query.method();
    return new QueryCount(method, incoming, result);
  }
}
