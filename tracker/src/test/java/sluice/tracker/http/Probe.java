package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** One request at a desk, without a socket. */
final class Probe {
  private Probe() {}

  /** Gives whether it was answered as an announce or a scrape; what was answered is well formed. */
  static boolean answer(Desk desk, byte[] request, String where) {
    EmbeddedChannel channel = new EmbeddedChannel();
    ChannelInboundHandlerAdapter place = new ChannelInboundHandlerAdapter();
    channel.pipeline().addLast(place);
    ChannelHandlerContext ctx = channel.pipeline().context(place);
    ByteBuf in = Unpooled.wrappedBuffer(request);
    Desk.Outcome outcome = desk.answer(ctx, in, request.length, InetAddress.ofLiteral("192.0.2.5"));
    channel.flush();
    ByteBuf out = channel.readOutbound();
    boolean answered = outcome == Desk.Outcome.ANSWERED || outcome == Desk.Outcome.ANSWERED_LAST;
    assertThat(out != null).as(where).isEqualTo(answered);
    if (out != null) {
      String text = out.toString(StandardCharsets.ISO_8859_1);
      assertThat(text).as(where).startsWith("HTTP/1.1 200 OK\r\n").endsWith("e");
      out.release();
    }
    channel.finishAndReleaseAll();
    return answered;
  }
}
