package sluice.tracker.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import sluice.udp.BatchOptions;
import sluice.udp.BatchSocket;
import sluice.udp.DatagramBatch;

/**
 * The peers of one address: keeps some requests under way and checks each answer. A transaction id
 * is the place of the request in the window and a count.
 */
final class UdpClient {
  /** Most requests under way. */
  static final int MAX_WINDOW = 64;

  private static final int MAX_TRIES = 100;
  private static final int ANNOUNCE = 1;
  private static final int SCRAPE = 2;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int SCRAPE_BYTES = 36;
  private static final BatchOptions OPTIONS = new BatchOptions(false, 4 << 20, 4 << 20, 0);
  private static final long PATIENCE_NANOS = 100_000_000;

  private final World world;
  private final int address;
  private final InetSocketAddress server;
  private final boolean echo;
  private int window = MAX_WINDOW;
  private final SplittableRandom random;
  private final BatchSocket socket;
  private final DatagramBatch in = new DatagramBatch(MAX_WINDOW, 2_048);
  private final DatagramBatch out = new DatagramBatch(MAX_WINDOW, 128);

  /** By place in the window: the peer that asks (−1 − swarm for a scrape), and when. */
  private final int[] asked = new int[MAX_WINDOW];

  private final long[] sentNanos = new long[MAX_WINDOW];
  private final boolean[] waiting = new boolean[MAX_WINDOW];
  private int round = 1;
  private long connection;
  private int filled;
  private Histogram times = new Histogram();
  private long answers;
  private long wrong;
  private long lost;

  UdpClient(
      World world, int address, InetSocketAddress server, boolean echo, SplittableRandom random)
      throws IOException {
    this.world = world;
    this.address = address;
    this.server = server;
    this.echo = echo;
    this.random = random;
    this.socket = BatchSocket.open(new InetSocketAddress(World.host(address), 0), OPTIONS);
  }

  /** Keeps so many requests under way from {@link #start} on. */
  void window(int requests) {
    window = requests;
  }

  void measureInto(Histogram histogram) {
    times = histogram;
    wrong = 0;
    lost = 0;
  }

  long answers() {
    return answers;
  }

  long wrong() {
    return wrong;
  }

  long lost() {
    return lost;
  }

  /** Gets a connection id; what is under way is given up. */
  void connect() throws IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      out.clear();
      out.data().putLong(0, 0x41727101980L).putInt(8, 0).putInt(12, 77);
      out.add(16, server);
      socket.send(out);
      receive();
      for (int i = 0; i < in.size(); i++) {
        int at = in.offset(i);
        if (in.length(i) == 16 && in.data().getInt(at + 4) == (echo ? 0x27101980 : 77)) {
          connection = in.data().getLong(at + 8);
          return;
        }
      }
    }
    throw new IOException("no answer from " + server);
  }

  /**
   * Takes answers as soon as they are there. It looks for them all the time: to wake a load that
   * sleeps is work of the server's processor, of which there is none when those who ask are
   * elsewhere.
   */
  private int receive() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int count = socket.receive(in);
    while (count == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
      count = socket.receive(in);
    }
    return count;
  }

  /** Announces the next peers that have not been; gives whether there were any. */
  boolean fill() throws IOException {
    round++;
    out.clear();
    long now = System.nanoTime();
    while (out.size() < window && world.peer(address, filled) < world.peers()) {
      announce(out.size(), world.peer(address, filled++), 1, now);
    }
    int sent = out.size();
    if (sent == 0) {
      return false;
    }
    socket.send(out);
    for (int empty = 0; isWaiting(); ) {
      if (receive() == 0) {
        if (++empty > MAX_TRIES) {
          throw new IOException("no answer from " + server);
        }
        socket.send(out);
      }
      check();
    }
    return true;
  }

  /** Sends a full window. */
  void start() throws IOException {
    round++;
    out.clear();
    long now = System.nanoTime();
    for (int place = 0; place < window; place++) {
      request(place, now);
    }
    socket.send(out);
  }

  /** Takes the answers that are there, and asks as much again. */
  void turn() throws IOException {
    if (receive() == 0) {
      for (boolean one : waiting) {
        lost += one ? 1 : 0;
      }
      start();
      return;
    }
    out.clear();
    long now = System.nanoTime();
    for (int i = 0; i < in.size(); i++) {
      int transaction = in.data().getInt(in.offset(i) + (echo ? 12 : 4));
      int place = transaction & (MAX_WINDOW - 1);
      if (transaction / MAX_WINDOW == round && waiting[place]) {
        times.add(sentNanos[place], now);
        answers++;
        waiting[place] = false;
        wrong += echo || isRight(i, place) ? 0 : 1;
        request(place, now);
      }
    }
    socket.send(out);
  }

  private boolean isWaiting() {
    for (boolean one : waiting) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private void check() {
    long now = System.nanoTime();
    for (int i = 0; i < in.size(); i++) {
      int transaction = in.data().getInt(in.offset(i) + 4);
      int place = transaction & (MAX_WINDOW - 1);
      if (transaction / MAX_WINDOW == round && waiting[place]) {
        times.add(sentNanos[place], now);
        answers++;
        wrong += isRight(i, place) ? 0 : 1;
      }
    }
  }

  private void request(int place, long now) {
    int peer = world.peer(address, random.nextInt(world.places(address)));
    if (random.nextInt(50) > 0) {
      announce(place, peer, 0, now);
      return;
    }
    int at = out.offset(out.size());
    header(at, SCRAPE, place, -1 - world.swarm(peer), now);
    World.putHash(out.data(), at + 16, world.swarm(peer));
    out.add(SCRAPE_BYTES, server);
  }

  private void announce(int place, int peer, int event, long now) {
    ByteBuffer data = out.data();
    int at = out.offset(out.size());
    header(at, ANNOUNCE, place, peer, now);
    World.putHash(data, at + 16, world.swarm(peer));
    data.putLong(at + 36, 0x2d4c443030303100L).putLong(at + 44, peer).putInt(at + 52, peer);
    data.putLong(at + 56, 0).putLong(at + 64, World.isSeed(peer) ? 0 : 1_000).putLong(at + 72, 0);
    data.putInt(at + 80, event == 1 ? 2 : 0).putInt(at + 84, 0).putInt(at + 88, peer);
    data.putInt(at + 92, 50).putShort(at + 96, (short) world.port(peer));
    out.add(ANNOUNCE_BYTES, server);
  }

  private void header(int at, int action, int place, int who, long now) {
    out.data().putLong(at, connection).putInt(at + 8, action);
    out.data().putInt(at + 12, round * MAX_WINDOW + place);
    asked[place] = who;
    sentNanos[place] = now;
    waiting[place] = true;
  }

  private boolean isRight(int slot, int place) {
    waiting[place] = false;
    ByteBuffer data = in.data();
    int at = in.offset(slot);
    int length = in.length(slot);
    int peer = asked[place];
    if (peer < 0) {
      return data.getInt(at) == SCRAPE
          && length == 20
          && data.getInt(at + 8) + data.getInt(at + 16) > 0;
    }
    if (data.getInt(at) != ANNOUNCE || length < 20 || (length - 20) % 6 != 0) {
      return false;
    }
    for (int i = 20; i < length; i += 6) {
      if (!world.mayTell(peer, data.getInt(at + i), data.getShort(at + i + 4) & 0xffff)) {
        return false;
      }
    }
    return data.getInt(at + 12) + data.getInt(at + 16) >= (length - 20) / 6;
  }
}
