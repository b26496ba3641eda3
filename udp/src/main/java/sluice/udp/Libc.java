package sluice.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** The few calls of the C library that batches need, with {@code errno}. */
@SuppressWarnings("restricted") // Calls into libc are what this class is for.
final class Libc {
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  static final MethodHandle NAME = handle("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  static final MethodHandle OPTION =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  static final MethodHandle RECEIVE =
      handle("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  static final MethodHandle SEND = handle("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  static final MethodHandle CLOSE = handle("close", JAVA_INT);

  private Libc() {}

  /** Size of what a call leaves its error in. */
  static long stateBytes() {
    return STATE.byteSize();
  }

  static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }

  /** An exception for the call that has just failed. */
  static IOException failure(String call, MemorySegment state) {
    return new IOException(call + " failed with error " + errno(state) + reason(errno(state)));
  }

  private static String reason(int errno) {
    return switch (errno) {
      case 13 -> " (permission denied)";
      case 24 -> " (too many open files)";
      case 97 -> " (this address family is not supported)";
      case 98 -> " (the address is in use)";
      case 99 -> " (the address is not one of this machine)";
      default -> "";
    };
  }

  /** A handle that takes the memory for the error first. */
  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }
}
