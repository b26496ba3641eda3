package sluice.transport.proxy;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.proxy.ConnectTalk;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.Login;
import sluice.protocol.proxy.ProxyTalk;
import sluice.protocol.proxy.SocksTalk;
import sluice.transport.Proxy;
import sluice.transport.netty.Caller;

/** Opens channels through one proxy, and never around it. Loop only. */
public final class ProxyCaller implements Caller {
  private final Loop loop;
  private final Resolver resolver;
  private final Caller direct;
  private final Proxy proxy;
  private final Lanes lanes;
  private final Optional<Login> login;

  /** {@code direct} and {@code resolver} are used to reach the proxy itself. */
  public ProxyCaller(Loop loop, Resolver resolver, Caller direct, Proxy proxy, Lanes lanes) {
    this(loop, resolver, direct, proxy, lanes, proxy.login());
  }

  private ProxyCaller(
      Loop loop,
      Resolver resolver,
      Caller direct,
      Proxy proxy,
      Lanes lanes,
      Optional<Login> login) {
    this.loop = loop;
    this.resolver = resolver;
    this.direct = direct;
    this.proxy = proxy;
    this.lanes = lanes;
    this.login = login;
  }

  @Override
  public boolean takesNames() {
    return true;
  }

  @Override
  public Caller lane(String label) {
    return proxy.isolates()
        ? new ProxyCaller(loop, resolver, direct, proxy, lanes, Optional.of(lanes.login(label)))
        : this;
  }

  @Override
  public void dial(Call call, Function<SocketChannel, ChannelHandler> handler, Outcome outcome) {
    ProxyTalk talk =
        switch (proxy.kind()) {
          case SOCKS5 -> SocksTalk.connect(call.to(), login);
          case HTTP -> new ConnectTalk(call.to(), login);
        };
    talk(talk, call.timeoutNanos(), handler, (channel, bound) -> outcome.onOpen(channel), outcome);
  }

  /** What becomes of {@link #associate}. */
  interface Associated {
    /** Datagrams are passed on at {@code relay} while {@code channel} is open. */
    void onRelay(SocketChannel channel, Endpoint relay);
  }

  /** Asks for an address that passes datagrams on; faults go to {@code outcome}. */
  void associate(
      long timeoutNanos,
      Function<SocketChannel, ChannelHandler> handler,
      Associated associated,
      Outcome outcome) {
    Destination any = new Destination.Numeric(new Endpoint(InetAddress.ofLiteral("0.0.0.0"), 0));
    talk(
        SocksTalk.associate(any, login),
        timeoutNanos,
        handler,
        (channel, bound) -> associated.onRelay(channel, relay(channel, bound)),
        outcome);
  }

  /** Many proxies tell the unspecified address and mean their own. */
  private static Endpoint relay(SocketChannel channel, Destination bound) {
    InetAddress own = channel.remoteAddress().getAddress();
    return switch (bound) {
      case Destination.Numeric(Endpoint told) when !told.address().isAnyLocalAddress() -> told;
      case Destination.Numeric(Endpoint told) -> new Endpoint(own, told.port());
      case Destination.Named(var told) -> new Endpoint(own, told.port());
    };
  }

  private void talk(
      ProxyTalk talk,
      long timeoutNanos,
      Function<SocketChannel, ChannelHandler> handler,
      ProxyHandler.Ready ready,
      Outcome outcome) {
    long deadline = loop.now() + timeoutNanos;
    resolver.resolve(
        proxy.server().host(),
        new Resolver.Handler() {
          @Override
          public void onResolved(List<InetAddress> addresses) {
            Endpoint server = new Endpoint(addresses.getFirst(), proxy.server().port());
            new Attempt(server, talk, deadline, handler, ready, outcome).dial();
          }

          @Override
          public void onFault(Fault fault) {
            outcome.onFault(away(fault));
          }
        });
  }

  private static Fault away(Fault fault) {
    return new Fault(fault.kind(), "the proxy cannot be used: " + fault.detail());
  }

  /** One call to the proxy. */
  private final class Attempt implements Outcome {
    private final Endpoint server;
    private final long deadlineNanos;
    private final ProxyHandler handler;
    private final Outcome outcome;

    Attempt(
        Endpoint server,
        ProxyTalk talk,
        long deadlineNanos,
        Function<SocketChannel, ChannelHandler> next,
        ProxyHandler.Ready ready,
        Outcome outcome) {
      this.server = server;
      this.deadlineNanos = deadlineNanos;
      this.outcome = outcome;
      this.handler = new ProxyHandler(loop, talk, next, ready, outcome::onFault);
    }

    void dial() {
      Destination to = new Destination.Numeric(server);
      direct.dial(
          new Call(to, Optional.empty(), deadlineNanos - loop.now()), channel -> handler, this);
    }

    @Override
    public void onOpen(SocketChannel channel) {
      handler.begin(channel, deadlineNanos - loop.now());
    }

    @Override
    public void onFault(Fault fault) {
      outcome.onFault(away(fault));
    }
  }
}
