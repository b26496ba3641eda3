package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request between its reading and its answer. Used again for other requests; one thread. */
final class Question {
  private static final byte[] ANNOUNCE = Head.ascii("/announce");
  private static final byte[] SCRAPE = Head.ascii("/scrape");

  final Head head;
  final Announcement announcement = new Announcement();

  /** The torrent that is announced. */
  final ByteBuffer hash = ByteBuffer.wrap(announcement.hash);

  final ByteBuffer peerId = ByteBuffer.wrap(announcement.peerId);
  final ByteBuffer trackerId = ByteBuffer.wrap(announcement.trackerId);

  Kind kind = Kind.OTHER;

  /** What is wrong with the announcement; empty if nothing is. */
  String problem = "";

  private final byte[] bytes = new byte[Head.MAX_BYTES];
  private final Query query = new Query();

  /** What is asked for. */
  enum Kind {
    ANNOUNCE,
    SCRAPE,
    /** Something else, in a request as it should be. */
    OTHER,
    BROKEN
  }

  /** See {@link Head#Head}. */
  Question(String forwardHeader) {
    this.head = new Head(forwardHeader);
  }

  /** Reads the request in the first {@code size} bytes of {@code in}, which stay unread. */
  void read(ByteBuf in, int size) {
    in.getBytes(in.readerIndex(), bytes, 0, size);
    kind = head.read(bytes, size) ? kind() : Kind.BROKEN;
    if (kind == Kind.ANNOUNCE) {
      query.start(head);
      problem = announcement.read(query);
    }
  }

  private Kind kind() {
    if (head.method == Head.Method.OTHER || head.hasBody || head.upgrades) {
      return Kind.OTHER;
    }
    if (head.pathEnds(ANNOUNCE)) {
      return Kind.ANNOUNCE;
    }
    return head.pathEnds(SCRAPE) ? Kind.SCRAPE : Kind.OTHER;
  }

  /** Whether it is about a torrent that can be looked for. */
  boolean namesTorrent() {
    return kind == Kind.ANNOUNCE && problem.isEmpty();
  }

  /** What proxies say of who asks; empty if they say nothing. */
  String forwarded() {
    return new String(
        bytes,
        head.forwardedFrom,
        head.forwardedTo - head.forwardedFrom,
        StandardCharsets.ISO_8859_1);
  }
}
