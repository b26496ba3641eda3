package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** One request at a desk, without a socket. */
final class Probe {
  private Probe() {}

  /** Gives whether it was answered as an announce or a scrape; what was answered is well formed. */
  static boolean answer(Desk desk, byte[] request, String where) {
    ByteBuf in = Unpooled.wrappedBuffer(request);
    Sender sender = Sender.of(InetAddress.ofLiteral("192.0.2.5"));
    Desk.Outcome outcome = desk.answer(in, request.length, sender);
    boolean answered = outcome == Desk.Outcome.ANSWERED || outcome == Desk.Outcome.ANSWERED_LAST;
    if (answered) {
      ByteBuf out = Unpooled.buffer();
      desk.reply(out);
      assertThat(out.readableBytes()).as(where).isLessThanOrEqualTo(desk.replyBytes());
      String text = out.toString(StandardCharsets.ISO_8859_1);
      assertThat(text).as(where).startsWith("HTTP/1.1 200 OK\r\n").endsWith("e");
    }
    return answered;
  }
}
