package sluice.tracker.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * IPv4 connections by Linux's own calls, without any that a load can do without: a load by Java's
 * channels would use more of its processor for a connection than the servers use of theirs. One
 * thread.
 */
@SuppressWarnings("restricted") // Calls into libc are what this class is for.
final class LinuxSockets {
  /** Something to read. */
  static final int READABLE = 1;

  /** Room to write. */
  static final int WRITABLE = 4;

  /** The other has ended, and all that it has sent is here. */
  static final int ENDED = 0x2000;

  private static final int AGAIN = 11;
  private static final int IN_PROGRESS = 115;
  private static final int INET = 2;

  /** SOCK_STREAM and SOCK_NONBLOCK. */
  private static final int STREAM = 1 | 0x800;

  private static final int NO_SIGNAL = 0x4000;
  private static final int ADD = 1;
  private static final int CHANGE = 3;
  private static final int ADDRESS_BYTES = 16;

  /** SHUT_WR. */
  private static final int SAY_NO_MORE = 1;

  private static final int TCP = 6;
  private static final int DEFER_ACCEPT = 9;
  private static final int MAX_EVENTS = 256;

  /** Only there the structure of an event is packed. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int TOKEN_AT = PACKED ? 4 : 8;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT =
      handle("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle OPTION =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SHUTDOWN = handle("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SEND =
      handle("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      handle("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL = handle("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle CONTROL =
      handle("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle WAIT =
      handle("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  private final MemorySegment state = Arena.global().allocate(STATE);
  private final MemorySegment events = Arena.global().allocate(MAX_EVENTS * EVENT_BYTES, 8);
  private final MemorySegment event = Arena.global().allocate(EVENT_BYTES, 8);
  private final MemorySegment from = Arena.global().allocate(ADDRESS_BYTES, 8);
  private final MemorySegment to = Arena.global().allocate(ADDRESS_BYTES, 8);

  /** AF_UNSPEC. */
  private final MemorySegment nobody = Arena.global().allocate(ADDRESS_BYTES, 8);

  private final MemorySegment one = Arena.global().allocateFrom(JAVA_INT, 1);
  private final MemorySegment memory;
  private final ByteBuffer buffer;
  private final int poll;

  /** Connections to {@code port} of 127.0.0.1 that share a buffer of this size. */
  LinuxSockets(int port, int bufferBytes) throws IOException {
    memory = Arena.global().allocate(bufferBytes);
    buffer = memory.asByteBuffer();
    address(to, World.ip(0), port);
    try {
      poll = (int) EPOLL.invokeExact(state, 0);
    } catch (Throwable e) {
      throw new IOException("epoll_create1 cannot be called", e);
    }
  }

  private static MethodHandle handle(String name, ValueLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static void address(MemorySegment out, int ip, int port) {
    ByteBuffer bytes = out.asByteBuffer();
    bytes.order(ByteOrder.nativeOrder()).putShort(0, (short) INET);
    bytes.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) port).putInt(4, ip);
  }

  /** What is sent next and what was received last. */
  ByteBuffer buffer() {
    return buffer;
  }

  /**
   * A connection from {@code ip}, which may not be there yet. That it is there is told to the other
   * with what is sent first, not in a packet of its own.
   */
  int connect(int ip) throws IOException {
    try {
      int descriptor = (int) SOCKET.invokeExact(state, INET, STREAM, 0);
      address(from, ip, 0);
      if ((int) BIND.invokeExact(state, descriptor, from, ADDRESS_BYTES) != 0
          || (int) OPTION.invokeExact(state, descriptor, TCP, DEFER_ACCEPT, one, Integer.BYTES)
              != 0) {
        throw new IOException("no connection: error " + errno());
      }
      connectNow(descriptor);
      return descriptor;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("bind cannot be called", e);
    }
  }

  /**
   * Ends a connection that the other has ended, and makes another one from another port, of which
   * is told under the same token. To the other it is like a socket of its own, which would cost the
   * system more.
   */
  void connectAgain(int descriptor) throws IOException {
    try {
      int _ = (int) SHUTDOWN.invokeExact(state, descriptor, SAY_NO_MORE);
      int _ = (int) CONNECT.invokeExact(state, descriptor, nobody, ADDRESS_BYTES);
    } catch (Throwable e) {
      throw new IOException("shutdown cannot be called", e);
    }
    connectNow(descriptor);
  }

  private void connectNow(int descriptor) throws IOException {
    int result;
    try {
      result = (int) CONNECT.invokeExact(state, descriptor, to, ADDRESS_BYTES);
    } catch (Throwable e) {
      throw new IOException("connect cannot be called", e);
    }
    if (result != 0 && errno() != IN_PROGRESS) {
      throw new IOException("no connection: error " + errno());
    }
  }

  /**
   * Sends what remains in the buffer.
   *
   * @return how many bytes; 0 if there is no connection yet, −1 if there will be none
   */
  int send(int descriptor) throws IOException {
    try {
      return result(
          (long) SEND.invokeExact(state, descriptor, memory, (long) buffer.remaining(), NO_SIGNAL));
    } catch (Throwable e) {
      throw new IOException("send cannot be called", e);
    }
  }

  /**
   * Fills the buffer with what is there.
   *
   * @return whether there was something; an end and an error are nothing
   */
  boolean receive(int descriptor) throws IOException {
    try {
      int count =
          result((long) RECEIVE.invokeExact(state, descriptor, memory, memory.byteSize(), 0));
      buffer.clear().limit(Math.max(0, count));
      return count > 0;
    } catch (Throwable e) {
      throw new IOException("recv cannot be called", e);
    }
  }

  private int result(long count) {
    return count < 0 && (errno() == AGAIN || errno() == IN_PROGRESS) ? 0 : (int) count;
  }

  void close(int descriptor) throws IOException {
    try {
      int _ = (int) CLOSE.invokeExact(state, descriptor);
    } catch (Throwable e) {
      throw new IOException("close cannot be called", e);
    }
  }

  /** Tells of what {@code wanted} says, and of errors, under {@code token} from here on. */
  void watch(int descriptor, int wanted, int token) throws IOException {
    control(ADD, descriptor, wanted, token);
  }

  /** The same for a descriptor that is watched. */
  void watchElse(int descriptor, int wanted, int token) throws IOException {
    control(CHANGE, descriptor, wanted, token);
  }

  private void control(int how, int descriptor, int wanted, int token) throws IOException {
    event.set(JAVA_INT_UNALIGNED, 0, wanted);
    event.set(JAVA_LONG_UNALIGNED, TOKEN_AT, token);
    int result;
    try {
      result = (int) CONTROL.invokeExact(state, poll, how, descriptor, event);
    } catch (Throwable e) {
      throw new IOException("epoll_ctl cannot be called", e);
    }
    if (result != 0) {
      throw new IOException("epoll_ctl: error " + errno());
    }
  }

  /** Waits; gives of how many connections there is something to tell. */
  int await(int millis) throws IOException {
    try {
      return Math.max(0, (int) WAIT.invokeExact(state, poll, events, MAX_EVENTS, millis));
    } catch (Throwable e) {
      throw new IOException("epoll_wait cannot be called", e);
    }
  }

  /** The token of one of the connections of which {@link #await} has told. */
  int token(int place) {
    return (int) events.get(JAVA_LONG_UNALIGNED, (long) place * EVENT_BYTES + TOKEN_AT);
  }

  private int errno() {
    return state.get(JAVA_INT, ERRNO);
  }
}
