package sluice.tracker.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Loads a tracker by UDP and checks what it answers: {@code PORT,… PEERS SWARMS SECONDS
 * announce|self|echo WINDOW,…}. Prints JSON lines, the first of them of filling. One thread; each
 * address keeps as many requests under way as its window says, one window after the other. With
 * several ports, each address has one of them.
 */
final class UdpLoad {
  private static final int WARM_UP_SECONDS = 3;
  private static final long RECONNECT_NANOS = 50_000_000_000L;

  private UdpLoad() {}

  public static void main(String[] args) throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String port : args[0].split(",")) {
      servers.add(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)));
    }
    World world =
        new World(Integer.parseInt(args[1]), Integer.parseInt(args[2]), args[4].equals("self"));
    int seconds = Integer.parseInt(args[3]);
    boolean echo = args[4].equals("echo");
    UdpClient[] clients = new UdpClient[world.addresses()];
    for (int i = 0; i < clients.length; i++) {
      InetSocketAddress server = servers.get(i % servers.size());
      clients[i] = new UdpClient(world, i, server, echo, new SplittableRandom(i));
    }
    connect(clients);
    if (!echo) {
      measure(clients, UdpLoad::fill);
    }
    for (String window : args[5].split(",")) {
      for (UdpClient client : clients) {
        client.window(Integer.parseInt(window));
      }
      run(clients, WARM_UP_SECONDS);
      measure(clients, all -> run(all, seconds));
    }
  }

  private static void connect(UdpClient[] clients) throws IOException {
    for (UdpClient client : clients) {
      client.connect();
    }
  }

  /** What is measured. */
  private interface Work {
    void run(UdpClient[] clients) throws IOException;
  }

  private static void measure(UdpClient[] clients, Work work) throws IOException {
    Histogram times = new Histogram();
    long answers = 0;
    for (UdpClient client : clients) {
      client.measureInto(times);
      answers -= client.answers();
    }
    Tell.event("measuring", "\"wrong\":0");
    long begin = System.nanoTime();
    long cpu = Tell.cpuNanos();
    work.run(clients);
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
    long connected = System.nanoTime();
    boolean filling = true;
    while (filling) {
      filling = false;
      for (UdpClient client : clients) {
        filling |= client.fill();
      }
      if (System.nanoTime() - connected > RECONNECT_NANOS) {
        connected = System.nanoTime();
        connect(clients);
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
      if (System.nanoTime() - reconnect > RECONNECT_NANOS) {
        reconnect = System.nanoTime();
        for (UdpClient client : clients) {
          client.connect();
          client.start();
        }
      }
    }
  }
}
