package sluice.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The descriptors of Linux that one thread waits for, by {@code epoll}. Others may only add some.
 * It tells of a descriptor once for what has come until then, so all of that is to be read.
 */
@SuppressWarnings("restricted") // Calls into libc are what this class is for.
public final class Poll implements AutoCloseable {
  private static final int MAX_EVENTS = 256;
  private static final int CLOSED_ON_EXEC = 0x80000;
  private static final int ADD = 1;
  private static final int REMOVE = 2;

  /** EPOLLRDHUP: the other end says no more. */
  private static final int ENDED = 0x2000;

  /** EPOLLIN, EPOLLRDHUP and EPOLLET, by which nothing is looked at twice. */
  private static final int READABLE = 1 | ENDED | 1 << 31;

  /** Only there the structure of an event is packed. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int DESCRIPTOR_AT = PACKED ? 4 : 8;

  private static final MethodHandle CREATE = handle("epoll_create1", JAVA_INT);
  private static final MethodHandle CONTROL =
      handle("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle WAIT =
      handle("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(Libc.stateBytes(), 8);
  private final MemorySegment events = arena.allocate((long) MAX_EVENTS * EVENT_BYTES, 8);
  private final int descriptor;

  private Poll() throws IOException {
    try {
      descriptor = (int) CREATE.invokeExact(state, CLOSED_ON_EXEC);
    } catch (Throwable e) {
      throw new IOException("epoll_create1 cannot be called", e);
    }
    if (descriptor < 0) {
      throw Libc.failure("epoll_create1", state);
    }
  }

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /** One that waits for nothing yet. */
  public static Poll open() throws IOException {
    return new Poll();
  }

  /** Waits for bytes or the end of {@code added}, too. Any thread. */
  public void add(int added) throws IOException {
    control(ADD, added);
  }

  /** Waits for {@code removed}, which is open, no longer; one that is closed is gone by itself. */
  public void remove(int removed) throws IOException {
    control(REMOVE, removed);
  }

  private void control(int how, int which) throws IOException {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment problem = once.allocate(Libc.stateBytes(), 8);
      MemorySegment event = once.allocate(EVENT_BYTES, 8);
      event.set(JAVA_INT_UNALIGNED, 0, READABLE);
      event.set(JAVA_INT_UNALIGNED, DESCRIPTOR_AT, which);
      if ((int) CONTROL.invokeExact(problem, descriptor, how, which, event) != 0) {
        throw Libc.failure("epoll_ctl", problem);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("epoll_ctl cannot be called", e);
    }
  }

  /** Waits; gives how many descriptors have something to read or have ended. */
  public int await(int millis) {
    try {
      return Math.max(0, (int) WAIT.invokeExact(state, descriptor, events, MAX_EVENTS, millis));
    } catch (Throwable e) {
      throw new IllegalStateException("epoll_wait cannot be called", e);
    }
  }

  /** One of those of which {@link #await} has told. */
  public int descriptor(int place) {
    return events.get(JAVA_INT_UNALIGNED, (long) place * EVENT_BYTES + DESCRIPTOR_AT);
  }

  /** Whether that one had ended when {@link #await} came back; what came before may be unread. */
  public boolean hasEnded(int place) {
    return (events.get(JAVA_INT_UNALIGNED, (long) place * EVENT_BYTES) & ENDED) != 0;
  }

  @Override
  public void close() {
    try {
      int _ = (int) Libc.CLOSE.invokeExact(state, descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException("close cannot be called", e);
    }
    arena.close();
  }
}
