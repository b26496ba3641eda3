package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/**
 * {@link HolepunchMessage} to the payload of an extended message and back (BEP 55): kind, family,
 * address, port, and a code of four bytes that some clients leave out where it means nothing. Pure,
 * any thread.
 */
public final class HolepunchCodec {
  private static final int RENDEZVOUS = 0;
  private static final int CONNECT = 1;
  private static final int ERROR = 2;
  private static final int HEAD_BYTES = 2;
  private static final int PORT_BYTES = 2;

  private HolepunchCodec() {}

  /**
   * Reads the remaining bytes of {@code payload}, which stay unread. Empty if they are of a kind or
   * a family that is not known, or if the port is 0.
   *
   * @throws ProtocolException when they are too few
   */
  public static Optional<HolepunchMessage> decode(ByteBuffer payload) {
    ByteBuffer in = payload.duplicate();
    if (in.remaining() < HEAD_BYTES) {
      throw tooShort(payload);
    }
    int kind = in.get() & 0xff;
    int family = in.get() & 0xff;
    if (kind > ERROR || family > 1) {
      return Optional.empty();
    }
    if (in.remaining() < CompactPeers.stride(family == 1)) {
      throw tooShort(payload);
    }
    byte[] address = new byte[CompactPeers.stride(family == 1) - PORT_BYTES];
    in.get(address);
    int port = in.getShort() & 0xffff;
    int code = in.remaining() >= Integer.BYTES ? in.getInt() : 0;
    return IpLiteral.ofBytes(address)
        .map(ip -> new Endpoint(ip, port))
        // An IPv4 address in IPv6 clothes becomes one of the other family.
        .filter(peer -> port != 0 && peer.isIpv6() == (family == 1))
        .map(peer ->
            switch (kind) {
              case RENDEZVOUS -> new HolepunchMessage.Rendezvous(peer);
              case CONNECT -> new HolepunchMessage.Connect(peer);
              default -> new HolepunchMessage.Failed(peer, code);
            });
  }

  /** The payload of an extended message. */
  public static ByteBuffer encode(HolepunchMessage message) {
    boolean ipv6 = message.peer().isIpv6();
    ByteBuffer out =
        ByteBuffer.allocate(HEAD_BYTES + CompactPeers.stride(ipv6) + Integer.BYTES)
            .put(
                (byte)
                    switch (message) {
                      case HolepunchMessage.Rendezvous r -> RENDEZVOUS;
                      case HolepunchMessage.Connect c -> CONNECT;
                      case HolepunchMessage.Failed f -> ERROR;
                    })
            .put((byte) (ipv6 ? 1 : 0));
    CompactPeers.write(message.peer(), out);
    out.putInt(message instanceof HolepunchMessage.Failed failed ? failed.code() : 0);
    return out.flip();
  }

  private static ProtocolException tooShort(ByteBuffer payload) {
    return new ProtocolException(
        Violation.BAD_EXTENSION_MESSAGE, "hole punching in " + payload.remaining() + " bytes");
  }
}
