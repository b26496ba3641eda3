package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import sluice.tracker.service.Event;
import sluice.udp.Descriptors;

/**
 * A question that has come whole, read, answered and written in memory that is used again. Used by
 * one thread.
 */
final class Exchange implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

  private final Desk desk;
  private final ByteBuf in = Unpooled.directBuffer(Head.MAX_BYTES);
  private final ByteBuf out = Unpooled.directBuffer(Head.MAX_BYTES);
  private final Question question;
  private boolean last;

  /** What becomes of the connection, as far as that is known; kept if there is a question. */
  private End end = End.SILENT;

  /** What becomes of the connection. */
  enum End {
    /** It is closed. */
    GONE,
    /** It was answered and may ask again. */
    KEPT,
    /** There is nothing to read, and no end. */
    SILENT,
    /** {@link #handTo} is to be called: this is for somebody with more time. */
    OPEN
  }

  /** What takes connections that are not for an exchange. */
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

  Exchange(Desk desk) {
    this.desk = desk;
    this.question = desk.question();
  }

  /** Reads from {@code guest}, and answers if that is one question and no more. */
  End exchange(FileDescriptor guest, Sender sender) {
    boolean _ = read(guest);
    return answer(guest, sender);
  }

  /** Reads what has come from {@code guest}; gives whether that is one question and no more. */
  boolean read(FileDescriptor guest) {
    in.clear();
    out.clear();
    last = false;
    end = End.GONE;
    try {
      ByteBuffer space = in.internalNioBuffer(0, in.capacity());
      int count = Descriptors.receive(guest.intValue(), space);
      if (count <= 0) {
        // Says whether there was nothing, or what has failed.
        count = guest.read(space, 0, space.remaining());
      }
      if (count < 0) {
        close(guest);
        return false;
      }
      in.writerIndex(count);
      end = count == 0 ? End.SILENT : End.OPEN;
      // More than one question would be lost by a close; and if there is no room, more may come.
      if (count > 0 && count < in.capacity() && Head.bytes(in) == count) {
        question.read(in, count);
        end = End.KEPT;
      }
    } catch (IOException e) {
      close(guest);
    } catch (RuntimeException e) {
      end = failed(guest, e);
    }
    return end == End.KEPT;
  }

  /** The desk will be asked soon what was read. */
  void expect() {
    desk.expect(question);
  }

  /** Answers what was read, if that can be. */
  End answer(FileDescriptor guest, Sender sender) {
    if (end != End.KEPT) {
      return end;
    }
    try {
      return switch (desk.answer(question, sender)) {
        case ANSWERED -> write(guest, false);
        case ANSWERED_LAST -> write(guest, true);
        case OTHER, BROKEN -> End.OPEN;
      };
    } catch (IOException e) {
      close(guest);
      return End.GONE;
    } catch (RuntimeException e) {
      return failed(guest, e);
    }
  }

  private static End failed(FileDescriptor guest, RuntimeException problem) {
    LOG.log(System.Logger.Level.ERROR, Event.of("http-error", "problem", problem), problem);
    close(guest);
    return End.GONE;
  }

  private End write(FileDescriptor guest, boolean isLast) throws IOException {
    in.clear();
    last = isLast;
    desk.reply(out);
    ByteBuffer bytes = out.internalNioBuffer(0, out.readableBytes());
    int sent =
        isLast
            ? Descriptors.sendBeforeClose(guest.intValue(), bytes)
            : Descriptors.send(guest.intValue(), bytes);
    out.skipBytes(Math.max(0, sent));
    if (out.isReadable()) {
      return End.OPEN;
    }
    if (isLast) {
      close(guest);
      return End.GONE;
    }
    return End.KEPT;
  }

  /** Hands the connection of the last exchange over, with what is left of it. */
  void handTo(Behind behind, FileDescriptor guest) {
    behind.take(guest.intValue(), copy(in), copy(out), last);
  }

  private static ByteBuf copy(ByteBuf bytes) {
    return bytes.isReadable() ? Unpooled.copiedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
  }

  static void close(FileDescriptor guest) {
    try {
      guest.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, Event.of("close-failed", "problem", e.getMessage()));
    }
  }

  @Override
  public void close() {
    in.release();
    out.release();
  }
}
