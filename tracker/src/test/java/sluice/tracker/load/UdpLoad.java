package sluice.tracker.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/**
 * Loads a tracker by UDP and checks what it answers: {@code PORT PEERS SWARMS SECONDS
 * announce|self|echo WINDOW,…}. Prints JSON lines. One thread; each address keeps as many requests
 * under way as its window says, one window after the other.
 */
final class UdpLoad {
  private static final int WARM_UP_SECONDS = 3;

  private UdpLoad() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    World world =
        new World(Integer.parseInt(args[1]), Integer.parseInt(args[2]), args[4].equals("self"));
    int seconds = Integer.parseInt(args[3]);
    boolean echo = args[4].equals("echo");
    UdpClient[] clients = new UdpClient[World.ADDRESSES];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = new UdpClient(world, i, server, echo, new SplittableRandom(i));
    }
    for (UdpClient client : clients) {
      client.connect();
    }
    if (!echo) {
      long begin = System.nanoTime();
      fill(clients);
      Tell.event("filled", "\"seconds\":%.1f".formatted((System.nanoTime() - begin) / 1e9));
    }
    for (String window : args[5].split(",")) {
      for (UdpClient client : clients) {
        client.window(Integer.parseInt(window));
      }
      measure(clients, seconds);
    }
  }

  private static void measure(UdpClient[] clients, int seconds) throws IOException {
    run(clients, WARM_UP_SECONDS);
    Histogram times = new Histogram();
    long answers = 0;
    for (UdpClient client : clients) {
      client.measureInto(times);
      answers -= client.answers();
    }
    Tell.event("measuring", "\"seconds\":" + seconds);
    long begin = System.nanoTime();
    long cpu = Tell.cpuNanos();
    run(clients, seconds);
    long wrong = 0;
    long lost = 0;
    for (UdpClient client : clients) {
      answers += client.answers();
      wrong += client.wrong();
      lost += client.lost();
    }
    Tell.measured(begin, cpu, answers, wrong, lost, times);
  }

  private static void fill(UdpClient[] clients) throws IOException {
    boolean filling = true;
    while (filling) {
      filling = false;
      for (UdpClient client : clients) {
        filling |= client.fill();
      }
    }
  }

  private static void run(UdpClient[] clients, int seconds) throws IOException {
    for (UdpClient client : clients) {
      client.start();
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long reconnect = System.nanoTime();
    while (System.nanoTime() < end) {
      for (UdpClient client : clients) {
        client.turn();
      }
      if (System.nanoTime() - reconnect > 50_000_000_000L) {
        reconnect = System.nanoTime();
        for (UdpClient client : clients) {
          client.connect();
          client.start();
        }
      }
    }
  }
}
