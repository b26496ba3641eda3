package sluice.daemon;

import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells systemd how the service does (sd_notify(3)): one datagram to the socket that it names in
 * the environment. Java has no such sockets, so the system is called directly.
 */
public final class ServiceNotice {
  private static final Logger LOG = System.getLogger(ServiceNotice.class.getName());
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MAX_PATH_BYTES = 107;

  private ServiceNotice() {}

  /** Sends {@code state}, such as {@code READY=1}, if there is a service manager that listens. */
  public static void send(Optional<String> socket, String state) {
    if (socket.isEmpty() || !isPath(socket.get())) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      send(arena, socket.get(), state);
    } catch (Throwable e) {
      // The service works all the same; only its manager does not know.
      LOG.log(Logger.Level.WARNING, "the service manager could not be told", e);
    }
  }

  private static boolean isPath(String socket) {
    return (socket.startsWith("/") || socket.startsWith("@"))
        && socket.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
  }

  private static void send(Arena arena, String socket, String state) throws Throwable {
    byte[] path = socket.getBytes(StandardCharsets.UTF_8);
    if (path[0] == '@') {
      path[0] = 0;
    }
    MemorySegment address = arena.allocate(2L + path.length);
    address.set(
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.nativeOrder()), 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
    byte[] text = state.getBytes(StandardCharsets.UTF_8);
    MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
    int descriptor = (int) call("socket", 3).invoke(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor >= 0) {
      MethodHandle sendTo =
          handle(
              "sendto",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      long sent =
          (long)
              sendTo.invoke(
                  descriptor, message, (long) text.length, 0, address, (int) address.byteSize());
      int closed = (int) call("close", 1).invoke(descriptor);
      LOG.log(Logger.Level.DEBUG, "told {0}: {1}, {2}", state, sent, closed);
    }
  }

  private static MethodHandle call(String name, int numbers) {
    ValueLayout[] parameters = new ValueLayout[numbers];
    java.util.Arrays.fill(parameters, ValueLayout.JAVA_INT);
    return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  @SuppressWarnings("restricted") // the three functions are called as the C library declares them
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup lookup = linker.defaultLookup();
    return linker.downcallHandle(lookup.find(name).orElseThrow(), descriptor);
  }
}
