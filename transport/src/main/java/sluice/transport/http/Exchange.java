package sluice.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Reach;
import sluice.transport.netty.Sockets;

/**
 * One question with its redirects, from the first lookup to the answer. It ends exactly once. Loop
 * only.
 */
final class Exchange {
  private static final int MAX_REDIRECTS = 5;

  private final NettyHttp http;
  private final Http.Request request;
  private final Http.Handler handler;
  private long deadlineNanos;
  private Loop.@Nullable Timer timeout;
  private @Nullable Target target;
  private @Nullable Opening opening;
  private @Nullable Channel channel;
  private int redirects;
  private boolean wasGlobal;
  private boolean ended;

  Exchange(NettyHttp http, Http.Request request, Http.Handler handler) {
    this.http = http;
    this.request = request;
    this.handler = handler;
  }

  void start() {
    deadlineNanos = http.loop().now() + request.timeoutNanos();
    timeout = http.loop().after(request.timeoutNanos(), this::late);
    Target.of(request.uri())
        .ifPresentOrElse(
            this::ask,
            () -> fail(new Fault(Fault.Kind.ADDRESS, "not an http or https URL with a host")));
  }

  private void late() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(request.timeoutNanos());
    fail(new Fault(Fault.Kind.TIMEOUT, "no answer within " + seconds + " s"));
  }

  /** A server of the public network may not lead the asker into a private one. */
  private void ask(Target next) {
    target = next;
    opening =
        new Opening(
            http,
            http.callers().requests(),
            new Opening.Wish(next, request.local(), request.ipv6(), reach(), deadlineNanos),
            () -> new AnswerReader(this, request.maxBodyBytes()),
            new Opening.Outcome() {
              @Override
              public void onOpen(SocketChannel opened, Opening.Peer peer) {
                send(next, opened, peer);
              }

              @Override
              public void onFault(Fault fault) {
                fail(fault);
              }
            });
    opening.start();
  }

  private Reach reach() {
    return wasGlobal && request.reach() != Reach.ANY ? Reach.PUBLIC : request.reach();
  }

  private void send(Target next, SocketChannel opened, Opening.Peer peer) {
    channel = opened;
    wasGlobal |= peer.isWithin(Reach.PUBLIC);
    var question = question(next);
    http.signed(question)
        .headers()
        .set(HttpHeaderNames.HOST, next.hostHeader())
        .set(HttpHeaderNames.ACCEPT_ENCODING, "gzip")
        .set(HttpHeaderNames.CONNECTION, "close");
    var _ = opened.writeAndFlush(question, opened.voidPromise());
    opened.config().setAutoRead(true);
  }

  private DefaultFullHttpRequest question(Target next) {
    ByteBuf body =
        request
            .upload()
            .map(upload -> Unpooled.copiedBuffer(upload.body(), UTF_8))
            .orElse(Unpooled.EMPTY_BUFFER);
    HttpMethod method = body.isReadable() ? HttpMethod.POST : HttpMethod.GET;
    var question = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, next.path(), body);
    if (body.isReadable()) {
      question.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    request
        .upload()
        .ifPresent(upload ->
            upload.headers().forEach((name, value) -> question.headers().set(name, value)));
    return question;
  }

  /** Follows the server's direction. */
  void redirect(String location) {
    Target from = target;
    hangUp();
    if (ended || from == null) {
      return;
    }
    if (request.upload().isPresent()) {
      fail(new Fault(Fault.Kind.BAD_ANSWER, "a redirect of what was sent"));
      return;
    }
    if (++redirects > MAX_REDIRECTS) {
      fail(new Fault(Fault.Kind.BAD_ANSWER, "more than " + MAX_REDIRECTS + " redirects"));
      return;
    }
    from.redirect(location)
        .ifPresentOrElse(
            this::ask,
            () ->
                fail(new Fault(Fault.Kind.BAD_ANSWER, "redirected to what is not http or https")));
  }

  /** Ends well. */
  void answer(int status, byte[] body) {
    if (end()) {
      handler.onAnswer(status, body);
    }
  }

  /** Ends without an answer. */
  void fail(Fault fault) {
    if (end()) {
      handler.onFault(fault);
    }
  }

  private boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    if (timeout != null) {
      timeout.cancel();
    }
    if (opening != null) {
      opening.cancel();
    }
    hangUp();
    return true;
  }

  private void hangUp() {
    Channel open = channel;
    channel = null;
    if (open != null) {
      open.pipeline().get(AnswerReader.class).detach();
      Sockets.close(open);
    }
  }
}
