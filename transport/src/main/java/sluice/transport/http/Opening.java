package sluice.transport.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.engine.port.Fault;
import sluice.engine.port.Reach;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.HostNames;
import sluice.transport.netty.Caller;
import sluice.transport.netty.Endpoints;
import sluice.transport.netty.Faults;
import sluice.transport.netty.Sockets;

/**
 * The way to one open connection: looks the host up once and tries its addresses one after the
 * other. Loop only.
 */
final class Opening {
  /** Most bytes of a status line, and of all headers together. */
  static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Most bytes that one content part has. */
  private static final int MAX_PART_BYTES = 256 * 1024;

  /** Addresses of one host that are tried one after the other. */
  private static final int MAX_ADDRESSES = 8;

  private final NettyHttp http;
  private final Wish wish;
  private final Caller caller;
  private final Supplier<ChannelHandler> reader;
  private final Outcome outcome;
  private final ArrayDeque<Destination> untried = new ArrayDeque<>();
  private boolean cancelled;

  /** What is to be opened; {@code ipv6} empty is any family. */
  record Wish(
      Target target,
      Optional<Endpoint> local,
      Optional<Boolean> ipv6,
      Reach reach,
      long deadlineNanos) {}

  /** Whom a connection is with: an address, or whoever a proxy has found. */
  record Peer(Optional<InetAddress> address) {
    /** Whether it is within {@code reach}; what the proxy sees is not in this network. */
    boolean isWithin(Reach reach) {
      return address.map(reach::allows).orElse(true);
    }
  }

  /** What becomes of it. */
  interface Outcome {
    /** The channel with {@code peer} is open. */
    void onOpen(SocketChannel channel, Peer peer);

    /** There is no channel. */
    void onFault(Fault fault);
  }

  /** {@code reader} makes the handler of decoded parts; {@code outcome} is told once at most. */
  Opening(
      NettyHttp http, Caller caller, Wish wish, Supplier<ChannelHandler> reader, Outcome outcome) {
    this.http = http;
    this.caller = caller;
    this.wish = wish;
    this.reader = reader;
    this.outcome = outcome;
  }

  void start() {
    String host = wish.target().host();
    Optional<InetAddress> known = HostNames.address(host);
    if (!caller.takesNames()) {
      resolve();
    } else if (known.isPresent()) {
      choose(List.of(known.get()));
    } else if (HostNames.isName(host)) {
      untried.add(new Destination.Named(new HostPort(host, wish.target().port())));
      open();
    } else {
      fail(new Fault(Fault.Kind.ADDRESS, "not a name that a proxy takes: " + host));
    }
  }

  private void resolve() {
    http.resolver()
        .resolve(
            wish.target().host(),
            new Resolver.Handler() {
              @Override
              public void onResolved(List<InetAddress> addresses) {
                choose(addresses);
              }

              @Override
              public void onFault(Fault fault) {
                fail(fault);
              }
            });
  }

  /** Tells nothing more. */
  void cancel() {
    cancelled = true;
  }

  private void fail(Fault fault) {
    if (!cancelled) {
      cancelled = true;
      outcome.onFault(fault);
    }
  }

  private void choose(List<InetAddress> addresses) {
    addresses.stream()
        .filter(this::isWanted)
        .filter(wish.reach()::allows)
        .limit(MAX_ADDRESSES)
        .map(address -> new Endpoint(address, wish.target().port()))
        .forEach(endpoint -> untried.add(new Destination.Numeric(endpoint)));
    if (untried.isEmpty()) {
      String detail = wish.target().host() + " has no address that may be used";
      fail(new Fault(Fault.Kind.UNREACHABLE, detail));
    } else {
      open();
    }
  }

  private void open() {
    if (wish.target().secure()) {
      http.tls().prepare(tls -> dial(Optional.of(tls)), cause -> fail(Faults.of(cause)));
    } else {
      dial(Optional.empty());
    }
  }

  private boolean isWanted(InetAddress address) {
    boolean ipv6 = address.getAddress().length == 16;
    if (caller.takesNames()) {
      return true;
    }
    return wish.ipv6().orElse(ipv6) == ipv6
        && wish.local().map(l -> Endpoints.sameFamily(l.address(), address)).orElse(true);
  }

  private void dial(Optional<SslContext> tls) {
    Destination to = untried.poll();
    if (cancelled || to == null) {
      return;
    }
    long share = (wish.deadlineNanos() - http.loop().now()) / (untried.size() + 1);
    Peer peer =
        switch (to) {
          case Destination.Numeric(Endpoint remote) -> new Peer(Optional.of(remote.address()));
          case Destination.Named named -> new Peer(Optional.empty());
        };
    caller.dial(
        new Caller.Call(to, wish.local(), share),
        _ -> pipeline(tls),
        new Caller.Outcome() {
          @Override
          public void onOpen(SocketChannel opened) {
            if (cancelled) {
              Sockets.close(opened);
            } else {
              cancelled = true;
              outcome.onOpen(opened, peer);
            }
          }

          @Override
          public void onFault(Fault fault) {
            if (untried.isEmpty()) {
              fail(fault);
            } else {
              dial(tls);
            }
          }
        });
  }

  private ChannelInitializer<SocketChannel> pipeline(Optional<SslContext> tls) {
    Target target = wish.target();
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel opening) {
        tls.ifPresent(context ->
            opening
                .pipeline()
                .addLast(Tls.handler(context, opening, target.host(), target.port())));
        opening.pipeline().addLast(codec(), reader.get());
      }
    };
  }

  /** The reader and writer of HTTP with our limits. */
  static HttpClientCodec codec() {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEADER_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_PART_BYTES);
    return new HttpClientCodec(limits, false, false);
  }
}
