package sluice.tracker.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;

/**
 * Loads a tracker by HTTP and checks what it answers: {@code PORT PEERS SWARMS SECONDS
 * keep|close|echo-keep|echo-close CONNECTIONS}. Prints JSON lines. One thread; each connection
 * waits for its answer before it asks again.
 */
final class HttpLoad {
  private static final int WARM_UP_SECONDS = 8;

  private final InetSocketAddress server;
  private final World world;
  private final boolean keep;
  private final boolean echo;
  private final Selector selector = Selector.open();
  private final SplittableRandom random = new SplittableRandom(1);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
  private Histogram times = new Histogram();
  private long answers;
  private long wrong;

  /** Connections that were closed without an answer. */
  private long lost;

  private HttpLoad(InetSocketAddress server, World world, String mode) throws IOException {
    this.server = server;
    this.world = world;
    this.keep = mode.endsWith("keep");
    this.echo = mode.startsWith("echo");
  }

  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    World world = new World(Integer.parseInt(args[1]), Integer.parseInt(args[2]), true);
    HttpLoad load = new HttpLoad(server, world, args[4]);
    for (int i = 0; i < Integer.parseInt(args[5]); i++) {
      load.open(new HttpCaller(world, i % World.ADDRESSES, load.keep));
    }
    load.run(WARM_UP_SECONDS);
    load.times = new Histogram();
    load.answers = 0;
    load.wrong = 0;
    load.lost = 0;
    Tell.event("measuring", "\"seconds\":" + args[3]);
    long begin = System.nanoTime();
    long cpu = Tell.cpuNanos();
    load.run(Integer.parseInt(args[3]));
    Tell.measured(begin, cpu, load.answers, load.wrong, load.lost, load.times);
  }

  private void run(int seconds) throws IOException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
      selector.select(this::turn, 100);
    }
  }

  private void turn(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    HttpCaller caller = (HttpCaller) key.attachment();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        ask(channel, caller);
      } else {
        hear(channel, caller);
      }
    } catch (IOException e) {
      again(channel, caller);
    }
  }

  /** A connection that was refused or reset counts as lost. */
  private void again(SocketChannel channel, HttpCaller caller) {
    lost++;
    try {
      channel.close();
      open(caller);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(HttpCaller caller) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(new InetSocketAddress(World.host(caller.address), 0));
    channel.connect(server);
    channel.register(selector, SelectionKey.OP_CONNECT, caller);
  }

  private void ask(SocketChannel channel, HttpCaller caller) throws IOException {
    int places = (world.peers() - caller.address + World.ADDRESSES - 1) / World.ADDRESSES;
    caller.write(random.nextInt(places), buffer);
    caller.askedNanos = System.nanoTime();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void hear(SocketChannel channel, HttpCaller caller) throws IOException {
    buffer.clear();
    int count = read(channel);
    if (count < 0) {
      channel.close();
      if (caller.hasHeard() && !keep) {
        count(caller);
      } else {
        lost++;
      }
      open(caller);
      return;
    }
    caller.hear(buffer.flip());
    if (keep && caller.isWhole()) {
      count(caller);
      ask(channel, caller);
    }
  }

  /** A reset counts as an end. */
  private int read(SocketChannel channel) {
    try {
      return channel.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private void count(HttpCaller caller) {
    times.add(caller.askedNanos, System.nanoTime());
    answers++;
    wrong += echo || caller.isRight() ? 0 : 1;
  }
}
