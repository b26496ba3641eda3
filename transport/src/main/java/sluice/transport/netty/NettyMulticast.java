package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * A multicast group: a socket for each interface, which shares its port with other programs. Hops
 * are the system's default of one. Loop only.
 */
final class NettyMulticast implements Net.Datagrams, Renewals.Renewable {
  /** Most interfaces on which a group is joined. */
  private static final int MAX_INTERFACES = 16;

  private static final Fault NOWHERE = new Fault(Fault.Kind.ADDRESS, "no interface for multicast");

  private final NettyLoop loop;
  private final Endpoint group;
  private final Renewals renewals;
  private final List<InetAddress> local;
  private final Net.UdpHandler handler;
  private final List<DatagramChannel> joined = new ArrayList<>();
  private int open;
  private boolean told;
  private boolean closed;

  private NettyMulticast(
      NettyLoop loop,
      Renewals renewals,
      Endpoint group,
      List<InetAddress> local,
      Net.UdpHandler handler) {
    this.loop = loop;
    this.renewals = renewals;
    this.local = local;
    this.group = group;
    this.handler = handler;
  }

  /** Joins {@code group} on the interfaces with {@code local} addresses, and tells how it went. */
  static void join(
      NettyLoop loop,
      Renewals renewals,
      Endpoint group,
      List<InetAddress> local,
      Net.UdpHandler handler) {
    new NettyMulticast(loop, renewals, group, local, handler).join();
  }

  private void join() {
    List<NetworkInterface> all;
    try {
      all = interfaces();
    } catch (SocketException e) {
      tellFault(Faults.of(e));
      return;
    }
    open = all.size();
    if (all.isEmpty() && loop.device().isSet()) {
      // The interface may come, or get an address.
      renewals.add(this);
    } else if (all.isEmpty()) {
      tellFault(NOWHERE);
    }
    all.forEach(this::join);
  }

  private void tellFault(Fault fault) {
    if (!told) {
      handler.onFault(null, fault);
    }
  }

  @Override
  public void renew() {
    joined.forEach(Sockets::close);
    joined.clear();
    join();
  }

  @Override
  public boolean isBroken() {
    return !closed && joined.isEmpty();
  }

  private List<NetworkInterface> interfaces() throws SocketException {
    List<NetworkInterface> result = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      boolean can = each.isUp() && each.supportsMulticast() && result.size() < MAX_INTERFACES;
      // To join a group says so to the network there.
      can &= loop.device().covers(each.getName());
      if (can && each.inetAddresses().anyMatch(this::wants)) {
        result.add(each);
      }
    }
    return result;
  }

  private boolean wants(InetAddress address) {
    int family = group.address().getAddress().length;
    return address.getAddress().length == family
        && local.stream()
            .filter(l -> l.getAddress().length == family)
            .anyMatch(l -> l.isAnyLocalAddress() || l.equals(address));
  }

  private void join(NetworkInterface on) {
    DatagramChannel channel;
    try {
      channel = loop.datagrams(group.address());
    } catch (IOException e) {
      ended(Faults.of(e));
      return;
    }
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    channel.pipeline().addLast(new Receiver());
    var _ = loop.register(channel);
    // Bound to the group and not to any address: what is sent to a single host is not for it.
    var _ =
        channel
            .bind(new InetSocketAddress(group.address(), group.port()))
            .addListener(bound -> {
              if (bound.isSuccess()) {
                join(channel, on);
              } else {
                Sockets.close(channel);
                ended(Endpoints.fault(bound.cause(), group));
              }
            });
  }

  private void join(DatagramChannel channel, NetworkInterface on) {
    channel.config().setOption(ChannelOption.IP_MULTICAST_IF, on);
    var _ =
        channel
            .joinGroup(new InetSocketAddress(group.address(), group.port()), on)
            .addListener(done -> {
              if (!done.isSuccess() || closed) {
                Sockets.close(channel);
                ended(done.isSuccess() ? NOWHERE : Endpoints.fault(done.cause(), group));
                return;
              }
              joined.add(channel);
              if (!told) {
                told = true;
                renewals.add(this);
                handler.onBound(group, this);
              }
            });
  }

  /** One of the sockets could not be used; the last one is told if there is none. */
  private void ended(Fault fault) {
    if (--open == 0 && joined.isEmpty() && !closed) {
      tellFault(fault);
    }
  }

  @Override
  public void send(Endpoint to, ByteBuffer payload) {
    assert loop.isCurrent();
    InetSocketAddress address = new InetSocketAddress(to.address(), to.port());
    for (DatagramChannel channel : joined) {
      ByteBuf copy = channel.alloc().buffer(payload.remaining()).writeBytes(payload.duplicate());
      var _ = channel.writeAndFlush(new DatagramPacket(copy, address));
    }
  }

  @Override
  public void close() {
    assert loop.isCurrent();
    closed = true;
    renewals.remove(this);
    joined.forEach(Sockets::close);
    joined.clear();
  }

  /** Gives what comes to the handler. */
  private final class Receiver extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      try {
        if (!closed && !joined.isEmpty()) {
          handler.onDatagram(Endpoints.of(packet.sender()), packet.content().nioBuffer());
        }
      } finally {
        packet.release();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!closed) {
        handler.onFault(null, Faults.of(cause));
      }
    }
  }
}
