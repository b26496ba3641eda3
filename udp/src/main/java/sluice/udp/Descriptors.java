package sluice.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Descriptors of Linux that other libraries have made. */
public final class Descriptors {
  private static final int SET_FLAGS = 4;
  private static final int TCP = 6;
  private static final int DEFER_ACCEPT = 9;

  private Descriptors() {}

  /** Whether {@link #block} works here. */
  public static boolean isNative() {
    return Libc.isUsable();
  }

  /** Makes calls on {@code descriptor}, which has no flags but that it does not block, wait. */
  @SuppressWarnings("restricted") // A call into libc is what this is for.
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.stateBytes());
      MemorySegment value = arena.allocateFrom(JAVA_INT, seconds);
      int result =
          (int)
              Libc.OPTION.invokeExact(
                  state, descriptor, TCP, DEFER_ACCEPT, value, (int) value.byteSize());
      if (result != 0) {
        throw Libc.failure("setsockopt", state);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("setsockopt cannot be called", e);
    }
  }
}
