package sluice.tracker.http;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import sluice.tracker.service.Event;
import sluice.tracker.service.Tally;
import sluice.udp.Descriptors;

/**
 * An address that listens on Linux, and the threads that accept there. Most clients of a tracker
 * ask one thing and close, and the system tells of them when their question has come: that is
 * answered at once, by four system calls from accept to close. Who may ask again goes on to a
 * {@link Hall}, all others to a loop.
 */
final class Door implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Door.class.getName());
  private static final int BACKLOG = 4_096;

  /** Longest socket address with the byte of its length. */
  private static final int NAME_BYTES = 32;

  /** Who has said nothing for so long after it has come is handed to a loop. */
  private static final int PATIENCE_SECONDS = 1;

  /** How long to wait when the system has no more descriptors. */
  private static final long PAUSE_NANOS = 10_000_000;

  /** Who was accepted sooner was there already. */
  private static final long AT_ONCE_NANOS = 10_000;

  /** When one comes sooner than this after the last one, others are near. */
  private static final long BUSY_NANOS = 200_000;

  private static final long GATHER_NANOS = 100_000;

  private final Socket listening;
  private final Tally tally;
  private final Exchange.Behind behind;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /** What a thread needs. */
  record Place(Desk desk, Hall hall) {}

  private Door(Socket listening, Tally tally, Exchange.Behind behind) {
    this.listening = listening;
    this.tally = tally;
    this.behind = behind;
  }

  /** Listens; each of {@code places} gets a thread. */
  static Door open(
      InetSocketAddress address, List<Place> places, Tally tally, Exchange.Behind behind)
      throws IOException {
    Socket.initialize();
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(BACKLOG);
      Descriptors.deferAccept(socket.intValue(), PATIENCE_SECONDS);
      Descriptors.acknowledgeLate(socket.intValue());
      Descriptors.block(socket.intValue());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Door door = new Door(socket, tally, behind);
    for (Place place : places) {
      Thread thread = new Thread(() -> door.serve(place), "tracker-door");
      thread.setDaemon(true);
      door.threads.add(thread);
      thread.start();
    }
    return door;
  }

  InetSocketAddress localAddress() {
    return listening.localAddress();
  }

  private void serve(Place place) {
    byte[] name = new byte[NAME_BYTES];
    boolean failing = false;
    try (Exchange exchange = new Exchange(place.desk)) {
      while (!closing) {
        try {
          long begin = System.nanoTime();
          int descriptor = listening.accept(name);
          long waited = System.nanoTime() - begin;
          if (descriptor >= 0) {
            tally.connects().increment();
            failing = false;
            welcome(exchange, place.hall, new FileDescriptor(descriptor), Sender.ofName(name));
            gather(waited);
          }
        } catch (IOException e) {
          if (!closing && !failing) {
            LOG.log(System.Logger.Level.WARNING, Event.of("http-error", "problem", e.getMessage()));
          }
          failing = true;
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  /**
   * Lets a few come while many come: to sleep until the next one and to be woken for it costs the
   * system more than to answer it, and who sends has to do the waking.
   */
  private static void gather(long waitedNanos) {
    if (waitedNanos > AT_ONCE_NANOS && waitedNanos < BUSY_NANOS) {
      LockSupport.parkNanos(GATHER_NANOS);
    }
  }

  private void welcome(Exchange exchange, Hall hall, FileDescriptor guest, Sender sender) {
    switch (exchange.exchange(guest, sender)) {
      case KEPT -> hall.add(guest, sender);
      case SILENT, OPEN -> exchange.handTo(behind, guest);
      case GONE -> {}
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      // Wakes all who wait in accept.
      listening.shutdown(true, true);
      for (Thread thread : threads) {
        thread.join();
      }
      listening.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Event.of("http-error", "problem", e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
