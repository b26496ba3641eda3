package sluice.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** Makers of sockets of one kind, each of the family of the address that it is for. */
public enum Sockets {
  /** Linux' epoll. An IPv6 listener takes IPv6 only, so that an IPv4 one can share its port. */
  EPOLL {
    @Override
    SocketChannel stream(InetAddress remote) {
      SocketChannel channel = new EpollSocketChannel(family(remote));
      channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
      return channel;
    }

    @Override
    ServerSocketChannel listener(InetAddress local) {
      ServerSocketChannel channel = new EpollServerSocketChannel(family(local));
      if (local instanceof Inet6Address) {
        channel.config().setOption(IPV6_ONLY, 1);
      }
      return channel;
    }

    @Override
    DatagramChannel datagrams(InetAddress local) {
      DatagramChannel channel = new EpollDatagramChannel(family(local));
      if (local instanceof Inet6Address) {
        channel.config().setOption(IPV6_ONLY, 1);
      }
      channel
          .config()
          .setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES + 1);
      return channel;
    }
  },

  /**
   * The portable selector. Its IPv6 wildcard listener takes IPv4 as well, so an IPv4 one on the
   * same port is refused by the system.
   */
  NIO {
    @Override
    SocketChannel stream(InetAddress remote) throws IOException {
      return new NioSocketChannel(java.nio.channels.SocketChannel.open(jdkFamily(remote)));
    }

    @Override
    ServerSocketChannel listener(InetAddress local) throws IOException {
      return new NioServerSocketChannel(
          java.nio.channels.ServerSocketChannel.open(jdkFamily(local)));
    }

    @Override
    DatagramChannel datagrams(InetAddress local) throws IOException {
      return new NioDatagramChannel(java.nio.channels.DatagramChannel.open(jdkFamily(local)));
    }
  };

  /** The longest datagram that is received; one byte more shows that one was longer. */
  static final int MAX_DATAGRAM_BYTES = 8 * 1024 - 1;

  /** {@code IPPROTO_IPV6} and {@code IPV6_V6ONLY} of Linux. */
  private static final ChannelOption<Integer> IPV6_ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  /** A stream to {@code remote}, not connected. */
  abstract SocketChannel stream(InetAddress remote) throws IOException;

  /** A listener for {@code local}, not bound. */
  abstract ServerSocketChannel listener(InetAddress local) throws IOException;

  /** A datagram socket for {@code local}, not bound. */
  abstract DatagramChannel datagrams(InetAddress local) throws IOException;

  /** Closes {@code channel}; its handler is told, later. */
  public static void close(Channel channel) {
    var _ = channel.close();
  }

  private static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
  }

  private static StandardProtocolFamily jdkFamily(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
