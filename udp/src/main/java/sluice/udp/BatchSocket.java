package sluice.udp;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A UDP socket that moves datagrams in batches. All calls, {@link #close} included, are made by one
 * thread; it looks for a reason to end each time {@link #receive} comes back.
 *
 * <p>A socket on an IPv6 address takes IPv6 only, so that both families can have the same port.
 */
public sealed interface BatchSocket extends AutoCloseable permits NativeSocket, NioSocket {

  /** Opens a socket on {@code local}: the kernel's own calls where possible. */
  static BatchSocket open(InetSocketAddress local, BatchOptions options) throws IOException {
    return isNative() ? NativeSocket.open(local, options) : openPortable(local, options);
  }

  /** Opens a socket that uses nothing but the JDK's channels. */
  static BatchSocket openPortable(InetSocketAddress local, BatchOptions options)
      throws IOException {
    return NioSocket.open(local, options);
  }

  /** Whether {@link #open} uses system calls for batches. */
  static boolean isNative() {
    return Platform.isKnownLinux();
  }

  /** Where it listens. */
  InetSocketAddress localAddress();

  /**
   * Waits for datagrams and puts those that have come into {@code batch}, whose former content is
   * lost. A datagram that is longer than a slot is cut.
   *
   * @return how many; 0 when none came in time
   */
  int receive(DatagramBatch batch) throws IOException;

  /**
   * Sends what is in {@code batch}. A datagram that cannot be sent is left out: the network may
   * lose any.
   *
   * @return how many were sent
   */
  int send(DatagramBatch batch) throws IOException;

  @Override
  void close();
}
