package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;
import sluice.tracker.service.Tally;

/** What the connections of one loop share: memory, the responder and the list of who is idle. */
final class Desk {
  private static final byte[] ANNOUNCE = Head.ascii("/announce");
  private static final byte[] SCRAPE = Head.ascii("/scrape");
  private static final byte[] OK =
      Head.ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ");
  private static final byte[] CLOSE = Head.ascii("\r\nConnection: close\r\n\r\n");
  private static final byte[] KEEP = Head.ascii("\r\n\r\n");
  private static final int LENGTH_DIGITS = 20;

  private final HttpOptions options;
  private final HttpResponder responder;
  private final Head head;
  private final byte[] bytes = new byte[Head.MAX_BYTES];
  private final Body length = new Body(LENGTH_DIGITS);
  private final Tally tally;
  final IdleList idle;

  /** What becomes of a request. */
  enum Outcome {
    ANSWERED,
    ANSWERED_LAST,
    /** Not an announce and not a scrape. */
    OTHER,
    BROKEN
  }

  Desk(HttpOptions options, HttpResponder responder, IdleList idle, Tally tally) {
    this.tally = tally;
    this.options = options;
    this.responder = responder;
    this.head = new Head(options.proxies().isEmpty() ? "" : options.forwardHeader());
    this.idle = idle;
  }

  /** Answers the request in the first {@code size} bytes of {@code in}, which stay unread. */
  Outcome answer(ChannelHandlerContext ctx, ByteBuf in, int size, InetAddress remote) {
    in.getBytes(in.readerIndex(), bytes, 0, size);
    if (!head.read(bytes, size)) {
      return Outcome.BROKEN;
    }
    boolean announce = head.pathEnds(ANNOUNCE);
    if (head.method == Head.Method.OTHER || head.hasBody || !(announce || head.pathEnds(SCRAPE))) {
      return Outcome.OTHER;
    }
    Optional<Sender> sender = sender(remote);
    if (sender.isEmpty()) {
      return Outcome.BROKEN;
    }
    Body body =
        announce ? responder.announce(head, sender.get()) : responder.scrape(head, sender.get());
    write(ctx, body);
    return head.keepsAlive ? Outcome.ANSWERED : Outcome.ANSWERED_LAST;
  }

  void countMalformed() {
    tally.malformed().increment();
  }

  private void write(ChannelHandlerContext ctx, Body body) {
    length.clear().decimal(body.size());
    byte[] end = head.keepsAlive ? KEEP : CLOSE;
    ByteBuf out = ctx.alloc().ioBuffer(OK.length + length.size() + end.length + body.size());
    out.writeBytes(OK).writeBytes(length.bytes(), 0, length.size()).writeBytes(end);
    if (head.method == Head.Method.GET) {
      out.writeBytes(body.bytes(), 0, body.size());
    }
    var _ = ctx.write(out, ctx.voidPromise());
  }

  /**
   * Who asks. Of the addresses that a believed proxy names the last one counts that is no proxy:
   * all before it are what strangers have said.
   */
  private Optional<Sender> sender(InetAddress remote) {
    if (!options.proxies().contains(remote)) {
      return Optional.of(Sender.of(remote));
    }
    String list =
        new String(
            bytes,
            head.forwardedFrom,
            head.forwardedTo - head.forwardedFrom,
            StandardCharsets.ISO_8859_1);
    String[] names = list.split(",", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      Optional<InetAddress> address = IpLiteral.parse(names[i].strip());
      if (address.isEmpty() || !options.proxies().contains(address.get())) {
        return address.map(Sender::of);
      }
    }
    return Optional.empty();
  }
}
