package sluice.protocol.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;

/** The addresses and datagrams of SOCKS 5 as bytes (RFC 1928). */
public final class SocksCodec {
  /** Most bytes that the header of a datagram has. */
  public static final int MAX_HEADER_BYTES = 4 + 1 + 255 + 2;

  /** Bytes before the address in a datagram: two unused, then the number of a fragment. */
  private static final int FLAGS_BYTES = 3;

  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int MAX_NAME_BYTES = 255;
  private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

  private SocksCodec() {}

  /** Whether {@code host} is a name that can be sent. */
  public static boolean isName(String host) {
    return !host.isEmpty()
        && host.length() <= MAX_NAME_BYTES
        && host.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Writes kind, address and port. */
  static void put(Destination to, ByteBuffer out) {
    switch (to) {
      case Destination.Numeric(Endpoint endpoint) -> {
        out.put((byte) (endpoint.isIpv6() ? IPV6 : IPV4)).put(endpoint.address().getAddress());
      }
      case Destination.Named(HostPort host) -> {
        if (!isName(host.host())) {
          throw new IllegalArgumentException("not a name for a proxy");
        }
        byte[] name = host.host().getBytes(StandardCharsets.US_ASCII);
        out.put((byte) NAME).put((byte) name.length).put(name);
      }
    }
    out.putShort((short) to.port());
  }

  /**
   * How many bytes kind, address and port have that begin at the position of {@code in}; 0 if that
   * is not known yet, -1 if there is no such kind.
   */
  static int length(ByteBuffer in) {
    if (in.remaining() < 2) {
      return 0;
    }
    return switch (in.get(in.position())) {
      case IPV4 -> 1 + 4 + 2;
      case IPV6 -> 1 + 16 + 2;
      case NAME -> 1 + 1 + (in.get(in.position() + 1) & 0xff) + 2;
      default -> -1;
    };
  }

  /** Reads what {@link #length} has measured. A name that is none stands for no address. */
  static Destination get(ByteBuffer in) {
    int kind = in.get();
    byte[] bytes = new byte[kind == IPV4 ? 4 : kind == IPV6 ? 16 : in.get() & 0xff];
    in.get(bytes);
    int port = in.getShort() & 0xffff;
    if (kind == NAME) {
      String name = new String(bytes, StandardCharsets.ISO_8859_1);
      return isName(name) && port > 0
          ? new Destination.Named(new HostPort(name, port))
          : new Destination.Numeric(new Endpoint(NOWHERE, port));
    }
    return new Destination.Numeric(new Endpoint(address(bytes), port));
  }

  /**
   * Writes a datagram for {@code to} through a proxy.
   *
   * @throws BufferOverflowException when {@code out} has no room for {@link #MAX_HEADER_BYTES} more
   *     than the payload
   */
  public static void encode(Destination to, ByteBuffer payload, ByteBuffer out) {
    out.putShort((short) 0).put((byte) 0);
    put(to, out);
    out.put(payload);
  }

  /**
   * Where a datagram from a proxy comes from; its payload is what remains of {@code in}. Empty if
   * it is none, or a part of one.
   */
  public static Optional<Destination> decode(ByteBuffer in) {
    if (in.remaining() < FLAGS_BYTES || in.get(in.position() + 2) != 0) {
      return Optional.empty();
    }
    in.position(in.position() + FLAGS_BYTES);
    int length = length(in);
    if (length <= 0 || in.remaining() < length) {
      return Optional.empty();
    }
    return Optional.of(get(in));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
