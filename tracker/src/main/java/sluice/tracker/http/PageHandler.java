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
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers all that is neither announce nor scrape, one request for each connection. */
final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Pages pages;
  private final Talks talks;

  PageHandler(Pages pages, Talks talks) {
    this.talks = talks;
    this.pages = pages;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.decoderResult().isSuccess() && TalkHandler.isWanted(request)) {
      TalkHandler.begin(ctx, request, talks);
      return;
    }
    Page page =
        request.decoderResult().isFailure()
            ? Page.text(400, "the request makes no sense")
            : page(request);
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
    if (request.method().equals(HttpMethod.HEAD)) {
      response.content().clear();
    }
    var _ = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private Page page(FullHttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    String token = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    String body = request.content().toString(StandardCharsets.UTF_8);
    return pages.page(new PageRequest(request.method().name(), path, token, body));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (cause instanceof IOException) {
      var _ = ctx.close();
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }
}
