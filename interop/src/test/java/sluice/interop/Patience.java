package sluice.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does and does not tell. */
final class Patience {
  /** Long enough for a step of a transfer on a busy machine. */
  static final Duration STEP = Duration.ofSeconds(90);

  private static final long LOOK_NANOS = 50_000_000;

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

  /** A port that was free, for TCP and UDP, a moment ago. */
  static int freePort() {
    for (int attempt = 0; attempt < 50; attempt++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = tcp.getLocalPort();
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
        return port;
      } catch (IOException e) {
        if (attempt == 49) {
          throw new IllegalStateException("no free port", e);
        }
      }
    }
    throw new IllegalStateException("no free port");
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
