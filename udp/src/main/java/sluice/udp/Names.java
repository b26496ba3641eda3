package sluice.udp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The socket addresses of a batch, as Linux lays out {@code sockaddr_in} and {@code sockaddr_in6}
 * on little-endian machines. One thread.
 */
public final class Names {
  /** Bytes from one address to the next. */
  static final int BYTES = 32;

  static final int IPV4_BYTES = 16;
  static final int IPV6_BYTES = 28;
  private static final byte IPV4 = 2;
  private static final byte IPV6 = 10;
  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;

  private final ByteBuffer bytes;

  Names(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Whether the address in {@code slot} is an IPv6 one. */
  public boolean isIpv6(int slot) {
    return bytes.get(slot * BYTES) == IPV6;
  }

  /** The port in {@code slot}, 0 to 65535. */
  public int port(int slot) {
    return bytes.getShort(slot * BYTES + PORT) & 0xffff;
  }

  /** The IPv4 address in {@code slot}, first byte highest. */
  public int ipv4(int slot) {
    return bytes.getInt(slot * BYTES + IPV4_ADDRESS);
  }

  /** The first half of the IPv6 address in {@code slot}. */
  public long ipv6High(int slot) {
    return bytes.getLong(slot * BYTES + IPV6_ADDRESS);
  }

  /** The second half of the IPv6 address in {@code slot}. */
  public long ipv6Low(int slot) {
    return bytes.getLong(slot * BYTES + IPV6_ADDRESS + 8);
  }

  /** The address in {@code slot} as an object. */
  public InetSocketAddress address(int slot) {
    boolean ipv6 = isIpv6(slot);
    byte[] raw = new byte[ipv6 ? 16 : 4];
    bytes.get(slot * BYTES + (ipv6 ? IPV6_ADDRESS : IPV4_ADDRESS), raw);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(raw), port(slot));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("of 4 or 16 bytes", e);
    }
  }

  void set(int slot, InetSocketAddress address) {
    int at = slot * BYTES;
    bytes.putLong(at, 0).putLong(at + 8, 0).putLong(at + 16, 0).putLong(at + 24, 0);
    boolean ipv4 = address.getAddress() instanceof Inet4Address;
    bytes.put(at, ipv4 ? IPV4 : IPV6).putShort(at + PORT, (short) address.getPort());
    bytes.put(at + (ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS), address.getAddress().getAddress());
  }

  void copy(int slot, Names from, int fromSlot) {
    int at = slot * BYTES;
    int source = fromSlot * BYTES;
    for (int i = 0; i < BYTES; i += Long.BYTES) {
      bytes.putLong(at + i, from.bytes.getLong(source + i));
    }
  }

  /** How many bytes of the address in {@code slot} the kernel reads. */
  int length(int slot) {
    return isIpv6(slot) ? IPV6_BYTES : IPV4_BYTES;
  }
}
