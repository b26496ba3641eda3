package sluice.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.transport.netty.Dialer;
import sluice.transport.netty.Endpoints;
import sluice.transport.netty.Faults;
import sluice.transport.netty.Sockets;

/**
 * One question with its redirects, from the first lookup to the answer. It ends exactly once. Loop
 * only.
 */
final class Exchange {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Addresses of one host that are tried one after the other. */
  private static final int MAX_ADDRESSES = 8;

  private final NettyHttp http;
  private final Http.Request request;
  private final Http.Handler handler;
  private final ArrayDeque<InetAddress> untried = new ArrayDeque<>();
  private long deadlineNanos;
  private Loop.@Nullable Timer timeout;
  private @Nullable Target target;
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

  private void ask(Target next) {
    target = next;
    http.resolver()
        .resolve(
            next.host(),
            new Resolver.Handler() {
              @Override
              public void onResolved(List<InetAddress> addresses) {
                choose(next, addresses);
              }

              @Override
              public void onFault(Fault fault) {
                fail(fault);
              }
            });
  }

  /** A server of the public network may not lead the asker into a private one. */
  private void choose(Target next, List<InetAddress> addresses) {
    untried.clear();
    addresses.stream()
        .filter(this::isWanted)
        .filter(address -> !wasGlobal || Endpoints.isGlobal(address))
        .limit(MAX_ADDRESSES)
        .forEach(untried::add);
    if (untried.isEmpty()) {
      fail(new Fault(Fault.Kind.UNREACHABLE, next.host() + " has no address that may be used"));
    } else {
      connect(next);
    }
  }

  private boolean isWanted(InetAddress address) {
    boolean ipv6 = address.getAddress().length == 16;
    return request.ipv6().orElse(ipv6) == ipv6
        && request.local().map(l -> Endpoints.sameFamily(l.address(), address)).orElse(true);
  }

  private void connect(Target next) {
    if (next.secure()) {
      http.tls().prepare(tls -> dial(next, Optional.of(tls)), cause -> fail(Faults.of(cause)));
    } else {
      dial(next, Optional.empty());
    }
  }

  private void dial(Target next, Optional<SslContext> tls) {
    InetAddress address = untried.poll();
    if (ended || address == null) {
      return;
    }
    long share = (deadlineNanos - http.loop().now()) / (untried.size() + 1);
    Endpoint remote = new Endpoint(address, next.port());
    http.dialer()
        .dial(
            new Dialer.Call(remote, request.local(), share),
            _ -> pipeline(next, tls),
            new Dialer.Outcome() {
              @Override
              public void onOpen(SocketChannel opened) {
                send(next, opened);
              }

              @Override
              public void onFault(Fault fault) {
                if (untried.isEmpty()) {
                  fail(fault);
                } else {
                  dial(next, tls);
                }
              }
            });
  }

  private ChannelInitializer<SocketChannel> pipeline(Target next, Optional<SslContext> tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel opening) {
        tls.ifPresent(context ->
            opening.pipeline().addLast(Tls.handler(context, opening, next.host(), next.port())));
        HttpDecoderConfig limits =
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES);
        opening.pipeline().addLast(new HttpClientCodec(limits, false, false));
        opening.pipeline().addLast(new AnswerReader(Exchange.this, request.maxBodyBytes()));
      }
    };
  }

  private void send(Target next, SocketChannel opened) {
    if (ended) {
      Sockets.close(opened);
      return;
    }
    channel = opened;
    wasGlobal |= Endpoints.isGlobal(opened.remoteAddress().getAddress());
    var question = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, next.path());
    question
        .headers()
        .set(HttpHeaderNames.HOST, next.hostHeader())
        .set(HttpHeaderNames.USER_AGENT, http.userAgent())
        .set(HttpHeaderNames.ACCEPT_ENCODING, "gzip")
        .set(HttpHeaderNames.CONNECTION, "close");
    var _ = opened.writeAndFlush(question, opened.voidPromise());
    opened.config().setAutoRead(true);
  }

  /** Follows the server's direction. */
  void redirect(String location) {
    Target from = target;
    hangUp();
    if (ended || from == null) {
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
