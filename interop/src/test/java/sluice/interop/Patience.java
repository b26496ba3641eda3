package sluice.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does and does not tell. */
final class Patience {
  /** Long enough for a step of a transfer on a busy machine, and for timers of other programs. */
  static final Duration STEP = Duration.ofMinutes(3);

  private static final long LOOK_NANOS = 50_000_000;
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  /** Begins elsewhere in each process: others on this machine may run the same tests. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % PORTS));

  private Patience() {}

  /** Looks until {@code condition} holds; fails with {@code state} when it does not in time. */
  static void await(String what, Duration limit, Supplier<?> state, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + limit + " for " + what + "\n" + state.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Waits until somebody listens on the loopback port. */
  static void awaitListening(int port, RealProcess process) {
    await("port " + port, STEP, () -> process, () -> !process.isAlive() || isListening(port));
    if (!process.isAlive()) {
      throw new AssertionError("ended early: " + process);
    }
  }

  /**
   * A port that is free for TCP and UDP. It is below those that the system itself gives to sockets,
   * and handed out once only, so that nobody takes it before the program that it is for.
   */
  static int freePort() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST_PORT + " on");
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
