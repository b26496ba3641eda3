package sluice.tracker.http;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Event;
import sluice.udp.Poll;

/**
 * Connections that were answered once and may ask again, on Linux, with a thread that answers them
 * as a {@link Door} does, in rounds of those that have asked at the same time: all are read, then
 * the desk looks ahead for all, then each is answered. It keeps nothing of them but who they are:
 * one that sends half a question or something else is handed to a loop.
 */
final class Hall implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Hall.class.getName());
  private static final int POLL_MILLIS = 500;

  /** Guests of one round. */
  private static final int ROUND = 32;

  private final Desk desk;

  /** By place in the round. */
  private final Exchange[] exchanges = new Exchange[ROUND];

  private final Guest[] asking = new Guest[ROUND];

  private final Clock clock;
  private final Exchange.Behind behind;
  private final Poll poll;
  private final IdleList<Guest> idle;
  private final Queue<Guest> coming = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::serve, "tracker-hall");
  private volatile boolean closing;

  /** By descriptor. */
  private @Nullable Guest[] guests = new Guest[64];

  /** What wakes the thread: it ends when its other end is closed. */
  private final FileDescriptor[] bell = FileDescriptor.pipe();

  /** Who is here. Not a record: descriptors are used again, and so another may look the same. */
  private static final class Guest {
    final FileDescriptor socket;
    final Sender sender;
    final int seconds;

    Guest(FileDescriptor socket, Sender sender, int seconds) {
      this.socket = socket;
      this.sender = sender;
      this.seconds = seconds;
    }
  }

  private Hall(Desk desk, Clock clock, HttpOptions options, Exchange.Behind behind)
      throws IOException {
    this.desk = desk;
    Arrays.setAll(exchanges, place -> new Exchange(desk));
    this.clock = clock;
    this.behind = behind;
    this.poll = Poll.open();
    poll.add(bell[0].intValue());
    int most = Math.max(1, options.maxConnections() / options.threads());
    this.idle = new IdleList<>(clock, options.idleSeconds(), most, this::leave);
  }

  static Hall open(Desk desk, Clock clock, HttpOptions options, Exchange.Behind behind)
      throws IOException {
    Hall hall = new Hall(desk, clock, options, behind);
    hall.thread.setDaemon(true);
    hall.thread.start();
    return hall;
  }

  /** Takes a connection. Any thread. */
  void add(FileDescriptor socket, Sender sender) {
    // It is among those who come before anything can be heard of it.
    coming.add(new Guest(socket, sender, clock.seconds()));
    try {
      poll.add(socket.intValue());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Event.of("http-error", "problem", e.getMessage()));
      Exchange.close(socket);
    }
  }

  private void serve() {
    int second = clock.seconds();
    while (!closing) {
      int count = poll.await(POLL_MILLIS);
      seat();
      for (int from = 0; from < count; from += ROUND) {
        round(from, Math.min(count, from + ROUND));
      }
      if (count == 0 || clock.seconds() != second) {
        second = clock.seconds();
        idle.expire();
      }
    }
    seat();
    for (Guest guest : guests) {
      if (guest != null) {
        Exchange.close(guest.socket);
      }
    }
    poll.close();
    for (Exchange exchange : exchanges) {
      exchange.close();
    }
  }

  /** Hears those of whom the poll has told in [{@code from}, {@code to}). */
  private void round(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      int descriptor = poll.descriptor(i);
      Guest guest = descriptor < guests.length ? guests[descriptor] : null;
      if (guest != null) {
        asking[count] = guest;
        if (exchanges[count].read(guest.socket)) {
          idle.touch(guest);
          exchanges[count].expect();
        }
        count++;
      }
    }
    desk.lookAhead();
    for (int i = 0; i < count; i++) {
      answer(asking[i], exchanges[i]);
    }
    for (int i = from; i < to; i++) {
      hearEnd(i);
    }
  }

  /** The poll tells of an end once, and it may have come with a question. */
  private void hearEnd(int place) {
    int descriptor = poll.descriptor(place);
    Guest guest = poll.hasEnded(place) && descriptor < guests.length ? guests[descriptor] : null;
    if (guest != null) {
      boolean _ = exchanges[0].read(guest.socket);
      answer(guest, exchanges[0]);
    }
  }

  /** Takes in those who have come. */
  private void seat() {
    for (Guest guest = coming.poll(); guest != null; guest = coming.poll()) {
      int descriptor = guest.socket.intValue();
      if (descriptor >= guests.length) {
        guests = Arrays.copyOf(guests, Math.max(descriptor + 1, 2 * guests.length));
      }
      guests[descriptor] = guest;
      idle.add(guest, guest.seconds);
    }
  }

  private void answer(Guest guest, Exchange exchange) {
    switch (exchange.answer(guest.socket, guest.sender)) {
      case GONE -> forget(guest);
      case OPEN -> handOver(guest, exchange);
      case KEPT, SILENT -> {}
    }
  }

  private void handOver(Guest guest, Exchange exchange) {
    try {
      poll.remove(guest.socket.intValue());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Event.of("http-error", "problem", e.getMessage()));
      leave(guest);
      return;
    }
    forget(guest);
    exchange.handTo(behind, guest.socket);
  }

  private void forget(Guest guest) {
    idle.remove(guest);
    if (guests[guest.socket.intValue()] == guest) {
      guests[guest.socket.intValue()] = null;
    }
  }

  private void leave(Guest guest) {
    forget(guest);
    Exchange.close(guest.socket);
  }

  @Override
  public void close() {
    closing = true;
    Exchange.close(bell[1]);
    try {
      thread.join();
      Exchange.close(bell[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
