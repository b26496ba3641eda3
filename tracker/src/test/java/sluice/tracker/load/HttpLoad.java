package sluice.tracker.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Loads a tracker by HTTP and looks at what it answers: {@code PORT PEERS SWARMS SECONDS keep|close
 * CONNECTIONS}. Prints JSON lines. One thread; each connection waits for its answer before it asks
 * again.
 */
final class HttpLoad {
  private static final int WARM_UP_SECONDS = 3;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final InetSocketAddress server;
  private final World world;
  private final boolean keep;
  private final Selector selector = Selector.open();
  private final SplittableRandom random = new SplittableRandom(1);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
  private Histogram times = new Histogram();
  private long answers;
  private long wrong;

  private HttpLoad(InetSocketAddress server, World world, boolean keep) throws IOException {
    this.server = server;
    this.world = world;
    this.keep = keep;
  }

  /** A connection and what has come of its answer. */
  private static final class Caller {
    final int address;
    final StringBuilder heard = new StringBuilder();
    long askedNanos;

    Caller(int address) {
      this.address = address;
    }
  }

  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    World world = new World(Integer.parseInt(args[1]), Integer.parseInt(args[2]), true);
    HttpLoad load = new HttpLoad(server, world, args[4].equals("keep"));
    for (int i = 0; i < Integer.parseInt(args[5]); i++) {
      load.open(new Caller(i % World.ADDRESSES));
    }
    load.run(WARM_UP_SECONDS);
    load.times = new Histogram();
    load.answers = 0;
    load.wrong = 0;
    System.out.println("{\"event\":\"measuring\",\"seconds\":" + args[3] + "}");
    double took = load.run(Integer.parseInt(args[3]));
    System.out.printf(
        Locale.ROOT,
        "{\"event\":\"measured\",\"answers\":%d,\"per_second\":%.0f,\"wrong\":%d,\"lost\":0,"
            + "\"p50_us\":%d,\"p99_us\":%d}%n",
        load.answers,
        load.answers / took,
        load.wrong,
        load.times.micros(0.5),
        load.times.micros(0.99));
  }

  private double run(int seconds) throws IOException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        Caller caller = (Caller) key.attachment();
        if (key.isConnectable()) {
          channel.finishConnect();
          key.interestOps(SelectionKey.OP_READ);
          ask(channel, caller);
        } else {
          hear(channel, caller);
        }
      }
      selector.selectedKeys().clear();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void open(Caller caller) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(new InetSocketAddress(World.host(caller.address), 0));
    caller.heard.setLength(0);
    channel.connect(server);
    channel.register(selector, SelectionKey.OP_CONNECT, caller);
  }

  private void ask(SocketChannel channel, Caller caller) throws IOException {
    int places = (world.peers() - caller.address + World.ADDRESSES - 1) / World.ADDRESSES;
    int peer = World.peer(caller.address, random.nextInt(places));
    ByteBuffer hash = ByteBuffer.allocate(20);
    World.putHash(hash, 0, world.swarm(peer));
    StringBuilder text = new StringBuilder("GET /announce?info_hash=");
    for (byte b : hash.array()) {
      text.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
    }
    text.append("&peer_id=-LD0001-abcdefghijkl&port=").append(World.port(peer));
    text.append("&uploaded=0&downloaded=0&left=").append(World.isSeed(peer) ? 0 : 1_000);
    text.append("&compact=1&numwant=50 HTTP/1.1\r\nHost: t\r\nUser-Agent: load\r\n");
    text.append(keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    buffer.clear();
    buffer.put(text.toString().getBytes(StandardCharsets.US_ASCII)).flip();
    caller.askedNanos = System.nanoTime();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void hear(SocketChannel channel, Caller caller) throws IOException {
    buffer.clear();
    int count = read(channel);
    if (count < 0) {
      channel.close();
      count(caller, caller.heard.indexOf("d8:complete") > 0);
      open(caller);
      return;
    }
    for (int i = 0; i < count; i++) {
      caller.heard.append((char) (buffer.get(i) & 0xff));
    }
    if (keep && isWhole(caller.heard)) {
      count(caller, caller.heard.indexOf("d8:complete") > 0);
      caller.heard.setLength(0);
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

  private void count(Caller caller, boolean right) {
    times.add(System.nanoTime() - caller.askedNanos);
    answers++;
    wrong += right ? 0 : 1;
  }

  private static boolean isWhole(StringBuilder heard) {
    int body = heard.indexOf("\r\n\r\n") + 4;
    int at = heard.indexOf("Content-Length: ") + 16;
    if (body < 4 || at < 16) {
      return false;
    }
    return heard.length()
        >= body + Integer.parseInt(heard.substring(at, heard.indexOf("\r", at)).strip());
  }
}
