package sluice.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A socket on the JDK's channels: one system call for each datagram. */
final class NioSocket implements BatchSocket {
  private final DatagramChannel channel;
  private final Selector selector;
  private final int waitMillis;

  private NioSocket(DatagramChannel channel, Selector selector, int waitMillis) {
    this.channel = channel;
    this.selector = selector;
    this.waitMillis = waitMillis;
  }

  static NioSocket open(InetSocketAddress local, BatchOptions options) throws IOException {
    boolean ipv6 = local.getAddress() instanceof Inet6Address;
    DatagramChannel channel =
        DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      if (options.sharesPort()
          && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
      channel.bind(local);
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new NioSocket(channel, selector, options.waitMillis());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      throw new IllegalStateException("an open channel has an address", e);
    }
  }

  @Override
  public int receive(DatagramBatch batch) throws IOException {
    batch.clear();
    if (waitMillis > 0) {
      selector.select(waitMillis);
      selector.selectedKeys().clear();
    }
    while (!batch.isFull()) {
      int slot = batch.size();
      ByteBuffer into = batch.data().slice(batch.offset(slot), batch.slotBytes());
      InetSocketAddress from = (InetSocketAddress) channel.receive(into);
      if (from == null) {
        break;
      }
      batch.add(into.position(), from);
    }
    return batch.size();
  }

  @Override
  public int send(DatagramBatch batch) {
    int sent = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isIgnored(i)) {
        continue;
      }
      ByteBuffer datagram = batch.data().slice(batch.offset(i), batch.length(i));
      if (isSent(datagram, batch.names().address(i))) {
        sent++;
      }
    }
    return sent;
  }

  /** A refusal by the network counts as a loss. */
  private boolean isSent(ByteBuffer datagram, InetSocketAddress to) {
    try {
      return channel.send(datagram, to) > 0 || datagram.limit() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try (channel) {
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot close a channel", e);
    }
  }
}
