package sluice.tracker.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Answers all that is neither announce nor scrape, one request for each connection. */
final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Pages pages;
  private final Talks talks;
  private final Proxies proxies;
  private final Executor readers;

  /** Pages are made by {@code readers}, as some take longer than others may wait for a loop. */
  PageHandler(Pages pages, Talks talks, Proxies proxies, Executor readers) {
    this.talks = talks;
    this.pages = pages;
    this.proxies = proxies;
    this.readers = readers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    boolean isRequest = request.decoderResult().isSuccess();
    if (isRequest && TalkHandler.isWanted(request)) {
      Optional<Sender> remote = remote(ctx, request);
      if (remote.isPresent()) {
        TalkHandler.begin(ctx, request, remote.get(), talks);
        return;
      }
      isRequest = false;
    }
    boolean isHead = request.method().equals(HttpMethod.HEAD);
    if (!isRequest) {
      send(ctx, Page.text(400, "the request makes no sense"), isHead);
      return;
    }
    PageRequest asked = read(request);
    try {
      readers.execute(() -> send(ctx, pages.page(asked), isHead));
    } catch (RejectedExecutionException e) {
      send(ctx, Page.text(503, "too many ask; try again"), isHead);
    }
  }

  private static void send(ChannelHandlerContext ctx, Page page, boolean isHead) {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(page.status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, page.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, "close")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff")
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:");
    if (page.status() == 405) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    if (isHead) {
      response.content().clear();
    }
    var _ = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** Who asks; nobody if a proxy does not tell it. */
  private Optional<Sender> remote(ChannelHandlerContext ctx, FullHttpRequest request) {
    Sender sender = Sender.of(((InetSocketAddress) ctx.channel().remoteAddress()).getAddress());
    return proxies.client(
        sender, () -> String.join(",", request.headers().getAll(proxies.header())));
  }

  private static PageRequest read(FullHttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    String token = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    String body = request.content().toString(StandardCharsets.UTF_8);
    return new PageRequest(request.method().name(), path, token, accept, body);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (cause instanceof IOException || cause instanceof ReadTimeoutException) {
      var _ = ctx.close();
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }
}
