package sluice.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** A socket at which streams come in. Loop only. */
final class NettyListener implements Renewals.Renewable, Net.Handle {
  private static final int BACKLOG = 1024;

  private final NettyNet net;
  private final NettyLoop loop;
  private final Renewals renewals;
  private final Net.ListenHandler handler;
  private Endpoint at;
  private @Nullable Channel channel;
  private boolean told;

  /** It could not be made for want of the interface. */
  private boolean broken;

  private boolean closed;

  NettyListener(
      NettyNet net, NettyLoop loop, Renewals renewals, Endpoint at, Net.ListenHandler handler) {
    this.net = net;
    this.loop = loop;
    this.renewals = renewals;
    this.at = at;
    this.handler = handler;
  }

  /**
   * Binds, and tells the handler once how that went; while the interface is away, one with a port
   * of its own waits.
   */
  void bind() {
    Channel made;
    try {
      made = loop.listener(at.address());
    } catch (IOException e) {
      failed(e);
      return;
    }
    channel = made;
    made.config().setOption(ChannelOption.SO_REUSEADDR, true);
    made.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    made.pipeline().addLast(new Acceptor(net, loop, handler));
    var _ = loop.register(made);
    var _ =
        made.bind(new InetSocketAddress(at.address(), at.port()))
            .addListener(done -> {
              if (done.isSuccess()) {
                bound(made);
              } else {
                Sockets.close(made);
                failed(done.cause());
              }
            });
  }

  private void bound(Channel made) {
    broken = false;
    if (!told && !closed) {
      told = true;
      at = Endpoints.of(made.localAddress());
      renewals.add(this);
      handler.onListening(at, this);
    } else if (closed) {
      Sockets.close(made);
    }
  }

  private void failed(Throwable cause) {
    broken = told || (at.port() != 0 && loop.device().isMissing());
    if (broken) {
      renewals.add(this);
    } else {
      told = true;
      renewals.remove(this);
      handler.onFault(
          cause instanceof IOException e && channel == null
              ? Faults.of(e)
              : Endpoints.fault(cause, at));
    }
  }

  @Override
  public void renew() {
    if (channel != null) {
      Sockets.close(channel);
    }
    bind();
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public void close() {
    closed = true;
    renewals.remove(this);
    if (channel != null) {
      Sockets.close(channel);
    }
  }
}
