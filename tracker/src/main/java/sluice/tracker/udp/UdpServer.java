package sluice.tracker.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Event;
import sluice.tracker.service.TrackerCore;
import sluice.udp.BatchOptions;
import sluice.udp.BatchSocket;
import sluice.udp.DatagramBatch;

/** Threads that answer datagrams, each with a socket of its own on the same port. */
public final class UdpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UdpServer.class.getName());

  /**
   * More at once make no call cheaper, and what they need does not stay in a processor's caches.
   */
  private static final int BATCH = 32;

  private static final int MAX_ERRORS = 100;

  private final TrackerCore core;
  private final ConnectionIds ids;
  private final Clock clock;
  private final List<BatchSocket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  private UdpServer(TrackerCore core, ConnectionIds ids, Clock clock) {
    this.core = core;
    this.ids = ids;
    this.clock = clock;
  }

  /** Listens on {@code address} with {@code count} threads. */
  public static UdpServer start(
      TrackerCore core, ConnectionIds ids, Clock clock, InetSocketAddress address, int count)
      throws IOException {
    UdpServer server = new UdpServer(core, ids, clock);
    int sockets = BatchSocket.isNative() ? count : 1;
    try {
      InetSocketAddress local = address;
      for (int i = 0; i < sockets; i++) {
        BatchSocket socket = BatchSocket.open(local, BatchOptions.SERVER);
        server.sockets.add(socket);
        local = socket.localAddress();
      }
    } catch (IOException e) {
      server.sockets.forEach(BatchSocket::close);
      throw e;
    }
    SecureRandom random = new SecureRandom();
    for (BatchSocket socket : server.sockets) {
      long bits = random.nextLong();
      Thread thread = new Thread(() -> server.serve(socket, bits), "tracker-udp");
      thread.setDaemon(true);
      server.threads.add(thread);
      thread.start();
    }
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress localAddress() {
    return sockets.getFirst().localAddress();
  }

  private void serve(BatchSocket socket, long bits) {
    UdpResponder responder = new UdpResponder(core, ids, bits);
    DatagramBatch batch = new DatagramBatch(BATCH, UdpResponder.SLOT_BYTES);
    int errors = 0;
    while (!closing && errors < MAX_ERRORS) {
      try {
        if (socket.receive(batch) > 0) {
          responder.respond(batch, clock.seconds(), clock.epochSeconds());
          socket.send(batch);
          errors = 0;
        }
      } catch (IOException e) {
        errors++;
        LOG.log(
            System.Logger.Level.WARNING,
            Event.of("udp-error", "at", socket.localAddress(), "problem", e.getMessage()));
      }
    }
    if (errors > 0) {
      LOG.log(System.Logger.Level.ERROR, Event.of("udp-ended", "at", socket.localAddress()));
    }
    socket.close();
  }

  @Override
  public void close() {
    closing = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
