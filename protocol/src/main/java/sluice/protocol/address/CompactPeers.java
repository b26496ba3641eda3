package sluice.protocol.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Endpoints as 6 bytes (IPv4) or 18 bytes (IPv6) each, as in BEP 5, 7, 11, 15 and 23. */
public final class CompactPeers {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int PORT_BYTES = 2;

  private CompactPeers() {}

  /** Bytes of one endpoint. */
  public static int stride(boolean ipv6) {
    return (ipv6 ? IPV6_BYTES : IPV4_BYTES) + PORT_BYTES;
  }

  /**
   * Adds the endpoints in the remaining bytes of {@code in} to {@code out} until that has {@code
   * most}. Port 0 is left out, and so is what is left at the end and is not a whole endpoint.
   */
  public static void read(ByteBuffer in, boolean ipv6, int most, List<Endpoint> out) {
    byte[] address = new byte[ipv6 ? IPV6_BYTES : IPV4_BYTES];
    while (in.remaining() >= stride(ipv6) && out.size() < most) {
      in.get(address);
      int port = in.getShort() & 0xffff;
      if (port != 0) {
        InetAddress ip = IpLiteral.ofBytes(address).orElseThrow();
        out.add(new Endpoint(ip, port));
      }
    }
  }

  /** Appends {@code endpoint}, which is of the family that the receiver expects, to {@code out}. */
  public static void write(Endpoint endpoint, ByteBuffer out) {
    out.put(endpoint.address().getAddress()).putShort((short) endpoint.port());
  }
}
