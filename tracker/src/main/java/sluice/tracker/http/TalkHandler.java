package sluice.tracker.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.ReadTimeoutHandler;

/** One WebSocket connection (RFC 6455): texts to a talk and back. */
final class TalkHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** Longest message: ten offers of a few kilobytes each. */
  private static final int MAX_MESSAGE = 131_072;

  /** Clients announce every two minutes. */
  private static final int SILENCE_SECONDS = 300;

  private final Talks.Talk talk;

  private TalkHandler(Talks.Talk talk) {
    this.talk = talk;
  }

  static boolean isWanted(FullHttpRequest request) {
    return request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** Makes a talk with {@code remote} of the connection whose last request is {@code request}. */
  static void begin(
      ChannelHandlerContext ctx, FullHttpRequest request, Sender remote, Talks talks) {
    Channel channel = ctx.channel();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("", null, false, MAX_MESSAGE).newHandshaker(request);
    if (handshaker == null) {
      var _ =
          WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
              .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    try {
      var _ = handshaker.handshake(channel, request);
    } catch (WebSocketHandshakeException e) {
      var _ =
          ctx.writeAndFlush(
                  new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST))
              .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    Talks.Talk talk = talks.begin(request.uri(), remote.bytes(), text -> say(channel, text));
    ctx.pipeline()
        .replace(ReadTimeoutHandler.class, "silence", new ReadTimeoutHandler(SILENCE_SECONDS));
    ctx.pipeline()
        .addLast(
            new Utf8FrameValidator(),
            new WebSocketFrameAggregator(MAX_MESSAGE),
            new TalkHandler(talk));
    ctx.pipeline().remove(ctx.handler());
  }

  /** Who does not read what others tell it is left. */
  private static void say(Channel channel, String text) {
    var _ =
        channel.isWritable()
            ? channel.writeAndFlush(new TextWebSocketFrame(text))
            : channel.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> talk.hear(text.text());
      case PingWebSocketFrame ping -> {
        var _ = ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case CloseWebSocketFrame close -> {
        var _ =
            ctx.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
      }
      case PongWebSocketFrame _ -> ctx.read();
      case WebSocketFrame _ -> {
        var _ = ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    talk.end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
