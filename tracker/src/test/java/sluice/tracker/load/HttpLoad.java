package sluice.tracker.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Loads a tracker by HTTP and checks what it answers: {@code PORT PEERS SWARMS SECONDS
 * keep|close|echo-keep|echo-close CONNECTIONS}. Prints JSON lines. One thread; each connection
 * waits for its answer before it asks again.
 */
final class HttpLoad {
  private static final int WARM_UP_SECONDS = 8;
  private static final int BUFFER_BYTES = 16_384;
  private static final int POLL_MILLIS = 100;

  private final World world;
  private final boolean keep;
  private final boolean echo;
  private final LinuxSockets sockets;
  private final HttpCaller[] callers;

  /** By caller: its connection, and whether that has taken the question. */
  private final int[] descriptors;

  private final boolean[] asked;
  private final SplittableRandom random = new SplittableRandom(1);
  private Histogram times = new Histogram();
  private long answers;
  private long wrong;

  /** Connections that ended without a whole answer. */
  private long lost;

  private HttpLoad(int port, World world, String mode, int connections) throws IOException {
    this.world = world;
    this.keep = mode.endsWith("keep");
    this.echo = mode.startsWith("echo");
    this.sockets = new LinuxSockets(port, BUFFER_BYTES);
    this.callers = new HttpCaller[connections];
    this.descriptors = new int[connections];
    this.asked = new boolean[connections];
    for (int i = 0; i < connections; i++) {
      callers[i] = new HttpCaller(world, i % world.addresses(), keep);
      open(i);
    }
  }

  public static void main(String[] args) throws IOException {
    World world = new World(Integer.parseInt(args[1]), Integer.parseInt(args[2]), true);
    HttpLoad load =
        new HttpLoad(Integer.parseInt(args[0]), world, args[4], Integer.parseInt(args[5]));
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
      int count = sockets.await(POLL_MILLIS);
      for (int i = 0; i < count; i++) {
        turn(sockets.token(i));
      }
    }
  }

  private void turn(int who) throws IOException {
    if (!asked[who]) {
      ask(who);
      if (asked[who]) {
        sockets.watchElse(descriptors[who], wanted(), who);
      } else {
        lost++;
        openAgain(who);
      }
    } else if (keep) {
      hear(who);
    } else {
      hearAll(who);
    }
  }

  /** Opens a connection and asks at once: on loopback it is there when the call returns. */
  private void open(int who) throws IOException {
    descriptors[who] = sockets.connect(World.ip(callers[who].address));
    ask(who);
    sockets.watch(descriptors[who], asked[who] ? wanted() : LinuxSockets.WRITABLE, who);
  }

  private int wanted() {
    return keep ? LinuxSockets.READABLE : LinuxSockets.ENDED;
  }

  private void ask(int who) throws IOException {
    HttpCaller caller = callers[who];
    ByteBuffer buffer = sockets.buffer();
    caller.write(random.nextInt(world.places(caller.address)), buffer);
    caller.askedNanos = System.nanoTime();
    asked[who] = sockets.send(descriptors[who]) == buffer.remaining();
  }

  /** A part of the answer on a connection that stays. */
  private void hear(int who) throws IOException {
    if (!sockets.receive(descriptors[who])) {
      lost++;
      openAgain(who);
      return;
    }
    callers[who].hear(sockets.buffer());
    if (callers[who].isWhole()) {
      count(callers[who]);
      ask(who);
      if (!asked[who]) {
        lost++;
        openAgain(who);
      }
    }
  }

  /** The whole answer, as the other has ended. */
  private void hearAll(int who) throws IOException {
    if (sockets.receive(descriptors[who])) {
      callers[who].hear(sockets.buffer());
      count(callers[who]);
      sockets.connectAgain(descriptors[who]);
      ask(who);
      if (!asked[who]) {
        sockets.watchElse(descriptors[who], LinuxSockets.WRITABLE, who);
      }
    } else {
      lost++;
      openAgain(who);
    }
  }

  private void openAgain(int who) throws IOException {
    sockets.close(descriptors[who]);
    open(who);
  }

  private void count(HttpCaller caller) {
    times.add(caller.askedNanos, System.nanoTime());
    answers++;
    wrong += echo || caller.isRight() ? 0 : 1;
  }
}
