package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import sluice.tracker.service.Event;
import sluice.tracker.service.Tally;
import sluice.udp.Descriptors;

/**
 * An address that listens on Linux, and the threads that accept there. Most clients of a tracker
 * ask one thing and close, and the system tells of them when their question has come: that is
 * answered at once, by four system calls from accept to close. All other connections are handed to
 * a loop.
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

  private final Socket listening;
  private final Tally tally;
  private final Behind behind;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /** Who takes connections that are not answered at the door. */
  interface Behind {
    /**
     * Takes one.
     *
     * @param unread what was read of it and not answered
     * @param unsent what is to be sent to it first
     * @param last whether it ends after that
     */
    void take(int descriptor, ByteBuf unread, ByteBuf unsent, boolean last);
  }

  private Door(Socket listening, Tally tally, Behind behind) {
    this.listening = listening;
    this.tally = tally;
    this.behind = behind;
  }

  /** Listens; each of {@code desks} gets a thread. */
  static Door open(InetSocketAddress address, List<Desk> desks, Tally tally, Behind behind)
      throws IOException {
    Socket.initialize();
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(BACKLOG);
      Descriptors.deferAccept(socket.intValue(), PATIENCE_SECONDS);
      Descriptors.block(socket.intValue());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Door door = new Door(socket, tally, behind);
    for (Desk desk : desks) {
      Thread thread = new Thread(() -> door.serve(desk), "tracker-door");
      thread.setDaemon(true);
      door.threads.add(thread);
      thread.start();
    }
    return door;
  }

  InetSocketAddress localAddress() {
    return listening.localAddress();
  }

  private void serve(Desk desk) {
    byte[] name = new byte[NAME_BYTES];
    ByteBuf in = Unpooled.directBuffer(Head.MAX_BYTES);
    ByteBuf out = Unpooled.directBuffer(Head.MAX_BYTES);
    boolean failing = false;
    while (!closing) {
      try {
        int descriptor = listening.accept(name);
        if (descriptor >= 0) {
          tally.connects().increment();
          failing = false;
          welcome(desk, new FileDescriptor(descriptor), name, in.clear(), out.clear());
        }
      } catch (IOException e) {
        if (!closing && !failing) {
          LOG.log(System.Logger.Level.WARNING, Event.of("http-error", "problem", e.getMessage()));
        }
        failing = true;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    in.release();
    out.release();
  }

  private void welcome(Desk desk, FileDescriptor guest, byte[] name, ByteBuf in, ByteBuf out) {
    try {
      ByteBuffer space = in.internalNioBuffer(0, in.capacity());
      int count = guest.read(space, 0, space.remaining());
      if (count < 0) {
        guest.close();
        return;
      }
      in.writerIndex(count);
      // More than one request would be lost by a close.
      Desk.Outcome outcome =
          count > 0 && Head.bytes(in) == count
              ? desk.answer(in, count, Sender.ofName(name))
              : Desk.Outcome.OTHER;
      switch (outcome) {
        case ANSWERED, ANSWERED_LAST -> {
          desk.reply(out);
          answer(guest, out, outcome == Desk.Outcome.ANSWERED_LAST);
        }
        case OTHER, BROKEN -> behind.take(guest.intValue(), copy(in), Unpooled.EMPTY_BUFFER, false);
      }
    } catch (IOException e) {
      close(guest);
    }
  }

  private void answer(FileDescriptor guest, ByteBuf out, boolean last) throws IOException {
    ByteBuffer bytes = out.internalNioBuffer(0, out.readableBytes());
    int sent = guest.write(bytes, 0, bytes.remaining());
    out.skipBytes(Math.max(0, sent));
    if (last && !out.isReadable()) {
      guest.close();
    } else {
      behind.take(guest.intValue(), Unpooled.EMPTY_BUFFER, copy(out), last);
    }
  }

  private static ByteBuf copy(ByteBuf bytes) {
    return bytes.isReadable() ? Unpooled.copiedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
  }

  private static void close(FileDescriptor guest) {
    try {
      guest.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, Event.of("close-failed", "problem", e.getMessage()));
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
