package sluice.protocol.nat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;

/** Datagrams of NAT-PMP (version 0) and PCP (version 2); both are spoken at the same port. */
public final class MapCodec {
  /** Where routers listen. */
  public static final int PORT = 5_351;

  /** Bytes of the number by which a PCP router knows whose mapping it is. */
  public static final int NONCE_BYTES = 12;

  private static final int PCP = 2;
  private static final int PCP_MAP = 1;
  private static final int PCP_BYTES = 60;
  private static final int PMP_EXTERNAL_BYTES = 12;
  private static final int PMP_MAPPED_BYTES = 16;
  private static final int ANSWER = 0x80;
  private static final int UNSUPPORTED_VERSION = 1;

  private MapCodec() {}

  /** NAT-PMP's question for the outer address. */
  public static ByteBuffer pmpExternal() {
    return ByteBuffer.wrap(new byte[2]);
  }

  /** NAT-PMP's request to map the same port outside; 0 seconds end the mapping. */
  public static ByteBuffer pmpMap(Transport transport, int port, int seconds) {
    ByteBuffer out = ByteBuffer.allocate(12).put((byte) 0).put((byte) transport.pmp);
    out.putShort((short) 0).putShort((short) port);
    return out.putShort((short) (seconds == 0 ? 0 : port)).putInt(seconds).flip();
  }

  /** PCP's request to map the same port outside; 0 seconds end the mapping. */
  public static ByteBuffer pcpMap(
      InetAddress client, byte[] nonce, Transport transport, int port, int seconds) {
    ByteBuffer out = ByteBuffer.allocate(PCP_BYTES);
    out.put((byte) PCP).put((byte) PCP_MAP).putShort((short) 0).putInt(seconds);
    out.put(wide(client)).put(nonce, 0, NONCE_BYTES);
    out.put((byte) transport.pcp).put(new byte[3]);
    out.putShort((short) port).putShort((short) (seconds == 0 ? 0 : port));
    byte[] any = new byte[client instanceof Inet4Address ? 4 : 16];
    return out.put(wide(IpLiteral.ofBytes(any).orElseThrow())).flip();
  }

  private static byte[] wide(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 16) {
      return bytes;
    }
    byte[] wide = new byte[16];
    wide[10] = (byte) 0xff;
    wide[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, wide, 12, 4);
    return wide;
  }

  /** What a router says; empty if that is nothing of either, or of another's {@code nonce}. */
  public static Optional<MapReply> decode(ByteBuffer datagram, byte[] nonce) {
    ByteBuffer in = datagram.slice();
    if (in.remaining() < 4) {
      return Optional.empty();
    }
    int version = in.get(0);
    int operation = in.get(1) & 0xff;
    if ((operation & ANSWER) == 0) {
      return Optional.empty();
    }
    return switch (version) {
      case 0 -> pmp(in, operation & ~ANSWER);
      case PCP -> pcp(in, operation & ~ANSWER, nonce);
      default -> Optional.empty();
    };
  }

  private static Optional<MapReply> pmp(ByteBuffer in, int operation) {
    int result = in.getShort(2) & 0xffff;
    if (result == UNSUPPORTED_VERSION) {
      return Optional.of(new MapReply.OtherVersion());
    }
    if (result != 0) {
      return Optional.of(new MapReply.Refused(result));
    }
    if (operation == 0) {
      byte[] address = new byte[4];
      if (in.remaining() < PMP_EXTERNAL_BYTES) {
        return Optional.empty();
      }
      in.get(8, address);
      return IpLiteral.ofBytes(address).map(MapReply.External::new);
    }
    Optional<Transport> transport =
        Arrays.stream(Transport.values()).filter(t -> t.pmp == operation).findFirst();
    if (in.remaining() < PMP_MAPPED_BYTES || transport.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MapReply.Mapped(
            transport.get(),
            in.getShort(8) & 0xffff,
            in.getShort(10) & 0xffff,
            in.getInt(12) & 0xffff_ffffL,
            Optional.empty()));
  }

  private static Optional<MapReply> pcp(ByteBuffer in, int operation, byte[] nonce) {
    int result = in.get(3) & 0xff;
    if (result == UNSUPPORTED_VERSION) {
      return Optional.of(new MapReply.OtherVersion());
    }
    byte[] theirs = new byte[NONCE_BYTES];
    if (in.remaining() < PCP_BYTES || operation != PCP_MAP) {
      return Optional.empty();
    }
    in.get(24, theirs);
    Optional<Transport> transport =
        Arrays.stream(Transport.values()).filter(t -> t.pcp == in.get(36)).findFirst();
    if (!Arrays.equals(theirs, nonce) || transport.isEmpty()) {
      return Optional.empty();
    }
    if (result != 0) {
      return Optional.of(new MapReply.Refused(result));
    }
    byte[] outside = new byte[16];
    in.get(44, outside);
    return Optional.of(
        new MapReply.Mapped(
            transport.get(),
            in.getShort(40) & 0xffff,
            in.getShort(42) & 0xffff,
            in.getInt(4) & 0xffff_ffffL,
            IpLiteral.ofBytes(outside)));
  }
}
