package sluice.tracker.http;

import static sluice.tracker.http.Head.ascii;

/** The parameters of an announce (BEP 3, 7, 21, 23), read from a query. Used again. */
final class Announcement {
  private static final byte[] INFO_HASH = ascii("info_hash");
  private static final byte[] PEER_ID = ascii("peer_id");
  private static final byte[] PORT = ascii("port");
  private static final byte[] UPLOADED = ascii("uploaded");
  private static final byte[] DOWNLOADED = ascii("downloaded");
  private static final byte[] LEFT = ascii("left");
  private static final byte[] EVENT = ascii("event");
  private static final byte[] WANT = ascii("numwant");
  private static final byte[] COMPACT = ascii("compact");
  private static final byte[] TRACKER_ID = ascii("trackerid");
  private static final byte[] ZERO = ascii("0");
  private static final byte[] STOPPED = ascii("stopped");
  private static final byte[] COMPLETED = ascii("completed");
  private static final byte[] PAUSED = ascii("paused");
  private static final int ID_BYTES = 20;
  private static final int MAX_TRACKER_ID_BYTES = 64;
  private static final int MAX_PORT = 65_535;

  final byte[] hash = new byte[ID_BYTES];
  final byte[] peerId = new byte[ID_BYTES];

  /** What the client takes for this tracker's name, which it wants to read again. */
  final byte[] trackerId = new byte[MAX_TRACKER_ID_BYTES];

  int trackerIdBytes;
  int port;
  long uploaded;
  long downloaded;
  long left;
  long want;
  boolean compact;
  boolean stopped;
  boolean completed;
  boolean paused;

  /** Reads all; gives what is wrong with them, or nothing. What is not known is left out. */
  String read(Query query) {
    port = 0;
    uploaded = 0;
    downloaded = 0;
    left = Long.MAX_VALUE;
    want = -1;
    compact = true;
    stopped = false;
    completed = false;
    paused = false;
    trackerIdBytes = 0;
    int hashBytes = 0;
    int idBytes = 0;
    while (query.next()) {
      if (query.is(INFO_HASH)) {
        hashBytes = query.unescape(hash);
      } else if (query.is(PEER_ID)) {
        idBytes = query.unescape(peerId);
      } else if (query.is(PORT)) {
        long given = query.number(0);
        port = given >= 1 && given <= MAX_PORT ? (int) given : 0;
      } else if (query.is(LEFT)) {
        left = query.number(Long.MAX_VALUE);
      } else if (query.is(EVENT)) {
        stopped = query.valueIs(STOPPED);
        completed = query.valueIs(COMPLETED);
        paused = query.valueIs(PAUSED);
      } else if (query.is(WANT)) {
        want = query.number(-1);
      } else if (query.is(COMPACT)) {
        compact = !query.valueIs(ZERO);
      } else if (query.is(UPLOADED)) {
        uploaded = query.number(0);
      } else if (query.is(DOWNLOADED)) {
        downloaded = query.number(0);
      } else if (query.is(TRACKER_ID)) {
        trackerIdBytes = Math.max(0, query.unescape(trackerId));
      }
    }
    if (hashBytes != ID_BYTES) {
      return hashBytes == 0 ? "info_hash missing" : "info_hash is not 20 bytes";
    }
    if (idBytes != ID_BYTES) {
      return idBytes == 0 ? "peer_id missing" : "peer_id is not 20 bytes";
    }
    return port == 0 && !stopped ? "port missing or out of range" : "";
  }

  /** Whether {@code query} is at a torrent's hash. */
  static boolean isHash(Query query) {
    return query.is(INFO_HASH);
  }
}
