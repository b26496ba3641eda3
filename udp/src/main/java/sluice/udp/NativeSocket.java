package sluice.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** A socket that is used by {@code recvmmsg} and {@code sendmmsg}. */
final class NativeSocket implements BatchSocket {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int DATAGRAMS_CLOSED_ON_EXEC = 2 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int MSG_WAITFORONE = 0x10000;
  private static final int MSG_DONTWAIT = 0x40;

  private final int descriptor;
  private final MemorySegment state;
  private final MemorySegment scratch;
  private final int receiving;
  private InetSocketAddress local;
  private boolean closed;

  private NativeSocket(boolean ipv6, InetSocketAddress local, int receiving) throws IOException {
    Arena arena = Arena.ofAuto();
    this.state = arena.allocate(Libc.stateBytes(), 8);
    this.scratch = arena.allocate(64, 8);
    this.local = local;
    this.receiving = receiving;
    this.descriptor =
        check("socket", call(Libc.SOCKET, ipv6 ? AF_INET6 : AF_INET, DATAGRAMS_CLOSED_ON_EXEC, 0));
  }

  static NativeSocket open(InetSocketAddress local, BatchOptions options) throws IOException {
    boolean ipv6 = local.getAddress() instanceof Inet6Address;
    int receiving = options.waitMillis() == 0 ? MSG_DONTWAIT : MSG_WAITFORONE;
    NativeSocket socket = new NativeSocket(ipv6, local, receiving);
    try {
      socket.setUp(ipv6, options);
      socket.bind(local);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void setUp(boolean ipv6, BatchOptions options) throws IOException {
    if (ipv6) {
      check("setsockopt", option(IPPROTO_IPV6, IPV6_V6ONLY, 1));
    }
    if (options.sharesPort()) {
      check("setsockopt", option(SOL_SOCKET, SO_REUSEPORT, 1));
    }
    // The forced size needs a privilege; without it the system's limit holds.
    if (option(SOL_SOCKET, SO_RCVBUFFORCE, options.receiveBufferBytes()) < 0) {
      check("setsockopt", option(SOL_SOCKET, SO_RCVBUF, options.receiveBufferBytes()));
    }
    if (option(SOL_SOCKET, SO_SNDBUFFORCE, options.sendBufferBytes()) < 0) {
      check("setsockopt", option(SOL_SOCKET, SO_SNDBUF, options.sendBufferBytes()));
    }
    scratch.set(JAVA_LONG, 0, options.waitMillis() / 1_000);
    scratch.set(JAVA_LONG, 8, options.waitMillis() % 1_000 * 1_000L);
    check("setsockopt", call(Libc.OPTION, descriptor, SOL_SOCKET, SO_RCVTIMEO, scratch, 16));
  }

  private void bind(InetSocketAddress wanted) throws IOException {
    Names names = new Names(scratch.asByteBuffer());
    names.set(0, wanted);
    check("bind to " + wanted, call(Libc.BIND, descriptor, scratch, names.length(0)));
    MemorySegment length = scratch.asSlice(Names.BYTES, Integer.BYTES);
    length.set(JAVA_INT, 0, Names.BYTES);
    check("getsockname", call(Libc.NAME, descriptor, scratch, length));
    local = names.address(0);
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public int receive(DatagramBatch batch) throws IOException {
    batch.prepareReceive();
    int count = receiveInto(batch.headers(), batch.slots());
    if (count < 0) {
      int errno = Libc.errno(state);
      if (errno == Libc.EAGAIN || errno == Libc.EINTR) {
        return 0;
      }
      throw Libc.failure("recvmmsg", state);
    }
    batch.completeReceive(count);
    return count;
  }

  @Override
  public int send(DatagramBatch batch) {
    batch.prepareSend();
    int sent = 0;
    int next = 0;
    while (next < batch.size()) {
      if (batch.isIgnored(next)) {
        next++;
        continue;
      }
      MemorySegment rest = batch.headers().asSlice((long) next * Mmsg.BYTES);
      int count = sendFrom(rest, batch.endOfRun(next) - next);
      if (count > 0) {
        sent += count;
        next += count;
      } else if (Libc.errno(state) != Libc.EINTR) {
        next++;
      }
    }
    return sent;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      call(Libc.CLOSE, descriptor);
    }
  }

  private int option(int level, int name, int value) {
    scratch.set(JAVA_INT, 0, value);
    return call(Libc.OPTION, descriptor, level, name, scratch, Integer.BYTES);
  }

  private int check(String what, int result) throws IOException {
    if (result < 0) {
      throw Libc.failure(what, state);
    }
    return result;
  }

  private int receiveInto(MemorySegment headers, int slots) {
    try {
      return (int)
          Libc.RECEIVE.invokeExact(
              state, descriptor, headers, slots, receiving, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException("recvmmsg cannot be called", e);
    }
  }

  private int sendFrom(MemorySegment headers, int count) {
    try {
      return (int) Libc.SEND.invokeExact(state, descriptor, headers, count, 0);
    } catch (Throwable e) {
      throw new IllegalStateException("sendmmsg cannot be called", e);
    }
  }

  /** A call that is not worth to be fast. */
  private int call(MethodHandle handle, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      return (int) handle.invokeWithArguments(all);
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }
}
