package sluice.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** Descriptors of Linux that other libraries have made. */
@SuppressWarnings("restricted") // Calls into libc are what this class is for.
public final class Descriptors {
  private static final int SET_FLAGS = 4;
  private static final int TCP = 6;
  private static final int DEFER_ACCEPT = 9;
  private static final int QUICK_ACK = 12;

  /** MSG_DONTWAIT. */
  private static final int NO_WAIT = 0x40;

  /** MSG_NOSIGNAL. */
  private static final int NO_SIGNAL = 0x4000;

  /** MSG_MORE. */
  private static final int MORE_COMES = 0x8000 | NO_SIGNAL;

  private Descriptors() {}

  /** Whether the others work here. */
  public static boolean isNative() {
    return Platform.isKnownLinux();
  }

  /** Makes calls on {@code descriptor}, which has no flags but that it does not block, wait. */
  public static void block(int descriptor) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle fcntl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("fcntl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    int result;
    try {
      result = (int) fcntl.invokeExact(descriptor, SET_FLAGS, 0);
    } catch (Throwable e) {
      throw new IOException("fcntl cannot be called", e);
    }
    if (result != 0) {
      throw new IOException("fcntl failed");
    }
  }

  /**
   * A socket that listens tells of a connection when something has come by it, or after this time.
   */
  public static void deferAccept(int descriptor, int seconds) throws IOException {
    tcpOption(descriptor, DEFER_ACCEPT, seconds);
  }

  /**
   * Connections of a socket that listens tell with their answer that a request has come, and not in
   * a packet of its own before.
   */
  public static void acknowledgeLate(int descriptor) throws IOException {
    tcpOption(descriptor, QUICK_ACK, 0);
  }

  /**
   * Reads what has come by a connection into {@code space}, which is direct.
   *
   * @return how much; not more than 0 if nothing has come, at its end, and when it has failed
   */
  public static int receive(int descriptor, ByteBuffer space) throws IOException {
    try {
      MemorySegment memory = MemorySegment.ofBuffer(space);
      return (int) (long) Receive.CALL.invokeExact(descriptor, memory, memory.byteSize(), NO_WAIT);
    } catch (Throwable e) {
      throw new IOException("recv cannot be called", e);
    }
  }

  /**
   * Sends {@code bytes}, which are direct.
   *
   * @return how many the socket took; not more than 0 if it took none
   */
  public static int send(int descriptor, ByteBuffer bytes) throws IOException {
    return send(descriptor, bytes, NO_SIGNAL);
  }

  /**
   * Sends {@code bytes}, which are direct, together with the close that has to follow at once: the
   * end of the connection is in the packet of its last bytes.
   *
   * @return how many the socket took; not more than 0 if it took none
   */
  public static int sendBeforeClose(int descriptor, ByteBuffer bytes) throws IOException {
    return send(descriptor, bytes, MORE_COMES);
  }

  private static int send(int descriptor, ByteBuffer bytes, int flags) throws IOException {
    try {
      MemorySegment memory = MemorySegment.ofBuffer(bytes);
      return (int) (long) Send.CALL.invokeExact(descriptor, memory, memory.byteSize(), flags);
    } catch (Throwable e) {
      throw new IOException("send cannot be called", e);
    }
  }

  private static void tcpOption(int descriptor, int option, int number) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.stateBytes());
      MemorySegment value = arena.allocateFrom(JAVA_INT, number);
      int result =
          (int)
              Libc.OPTION.invokeExact(
                  state, descriptor, TCP, option, value, (int) value.byteSize());
      if (result != 0) {
        throw Libc.failure("setsockopt", state);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("setsockopt cannot be called", e);
    }
  }

  /** Looked up where there is such a call only. */
  private static final class Receive {
    static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("recv"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  /** Looked up where there is such a call only. */
  private static final class Send {
    static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("send"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }
}
