package sluice.transport.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The calls of Linux that make a network of one's own and a device in it whose packets one gets.
 */
@SuppressWarnings("restricted") // Calls into libc are what this class is for.
final class Kernel {
  private static final int NEW_NETWORK = 0x4000_0000;
  private static final int READ_AND_WRITE = 2;
  private static final long SET_INTERFACE = 0x4004_54caL;
  private static final short PACKETS_AS_THEY_ARE = 0x1001;
  private static final int NAME_BYTES = 16;
  private static final int REQUEST_BYTES = 40;

  private static final MethodHandle UNSHARE = handle("unshare", false, JAVA_INT, JAVA_INT);
  private static final MethodHandle OPEN = handle("open", true, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle IOCTL =
      handle("ioctl", true, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle READ =
      handle("read", false, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      handle("write", false, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private Kernel() {}

  /** Gives the calling thread, and those that it starts from here on, a network of their own. */
  static void newNetwork() throws IOException {
    check("unshare", call(() -> (int) UNSHARE.invokeExact(NEW_NETWORK)));
  }

  /** A point-to-point device called {@code name} in the network of the calling thread. */
  static int tunnel(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/dev/net/tun");
      int file = (int) check("open", call(() -> (int) OPEN.invokeExact(path, READ_AND_WRITE)));
      MemorySegment request = arena.allocate(REQUEST_BYTES);
      request.setString(0, name);
      request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, PACKETS_AS_THEY_ARE);
      check("ioctl", call(() -> (int) IOCTL.invokeExact(file, SET_INTERFACE, request)));
      return file;
    }
  }

  /** Waits for a packet and gives its length. */
  static int read(int file, MemorySegment into) throws IOException {
    return (int) check("read", call(() -> (long) READ.invokeExact(file, into, into.byteSize())));
  }

  /** Hands over a packet; one that the system does not want is lost. */
  static void write(int file, MemorySegment packet) {
    long written = call(() -> (long) WRITE.invokeExact(file, packet, packet.byteSize()));
    if (written > packet.byteSize()) {
      throw new IllegalStateException("more was written than there is");
    }
  }

  /** A call that fails by nothing but its result. */
  private interface Call {
    long now() throws Throwable;
  }

  private static long call(Call call) {
    try {
      return call.now();
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long check(String what, long result) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed");
    }
    return result;
  }

  private static MethodHandle handle(
      String name, boolean variadic, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] options =
        variadic ? new Linker.Option[] {Linker.Option.firstVariadicArg(2)} : new Linker.Option[0];
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        options);
  }
}
