package sluice.protocol.utp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * {@link UtpPacket} to a datagram and back (BEP 29). What is no packet is nobody's fault, as
 * anybody can send a datagram: it gives nothing. Unknown extensions are skipped. Pure, any thread.
 */
public final class UtpCodec {
  /** Bytes of a header without extensions. */
  public static final int HEADER_BYTES = 20;

  /** Most bytes of a selective acknowledgement that is sent or read. */
  public static final int MAX_SELECTIVE_BYTES = 128;

  private static final List<UtpType> TYPES = List.of(UtpType.values());
  private static final int VERSION = 1;
  private static final int SELECTIVE = 1;
  private static final int EXTENSION_BYTES = 2;
  private static final int TIMESTAMP_AT = 4;

  private UtpCodec() {}

  /** Whether a datagram that begins with {@code first} is of uTP and not of another protocol. */
  public static boolean isUtp(byte first) {
    return (first & 0x0f) == VERSION && (first >> 4 & 0x0f) < TYPES.size();
  }

  /** Reads the remaining bytes of {@code in}, which stay unread; buffers in it are views. */
  public static Optional<UtpPacket> decode(ByteBuffer in) {
    int at = in.position();
    if (in.remaining() < HEADER_BYTES || !isUtp(in.get(at))) {
      return Optional.empty();
    }
    int extension = in.get(at + 1) & 0xff;
    int rest = at + HEADER_BYTES;
    ByteBuffer selective = UtpPacket.NONE;
    while (extension != 0) {
      if (in.limit() - rest < EXTENSION_BYTES) {
        return Optional.empty();
      }
      int length = in.get(rest + 1) & 0xff;
      int body = rest + EXTENSION_BYTES;
      if (in.limit() - body < length) {
        return Optional.empty();
      }
      if (extension == SELECTIVE) {
        // BEP 29 wants a multiple of four bytes, which libtorrent does not keep to.
        selective = in.slice(body, Math.min(length, MAX_SELECTIVE_BYTES));
      }
      extension = in.get(rest) & 0xff;
      rest = body + length;
    }
    UtpType type = TYPES.get(in.get(at) >> 4 & 0x0f);
    ByteBuffer payload = in.slice(rest, in.limit() - rest);
    if ((type == UtpType.DATA) != payload.hasRemaining()) {
      // Only DATA carries bytes, and always does; other clients put rubbish behind the rest.
      if (type == UtpType.DATA) {
        return Optional.empty();
      }
      payload = UtpPacket.NONE;
    }
    return Optional.of(
        new UtpPacket(
            type,
            in.getShort(at + 2) & 0xffff,
            in.getInt(at + TIMESTAMP_AT),
            in.getInt(at + 8),
            in.getInt(at + 12) & 0xffff_ffffL,
            in.getShort(at + 16) & 0xffff,
            in.getShort(at + 18) & 0xffff,
            selective,
            payload));
  }

  /** Bytes of {@code packet} on the wire. */
  public static int size(UtpPacket packet) {
    int selective = packet.selective().remaining();
    return HEADER_BYTES
        + (selective == 0 ? 0 : EXTENSION_BYTES + selective)
        + packet.payload().remaining();
  }

  /** Writes {@code packet} to {@code out}. */
  public static void encode(UtpPacket packet, ByteBuffer out) {
    int selective = packet.selective().remaining();
    out.put((byte) (TYPES.indexOf(packet.type()) << 4 | VERSION));
    out.put((byte) (selective == 0 ? 0 : SELECTIVE));
    out.putShort((short) packet.connectionId());
    out.putInt(packet.timestampMicros());
    out.putInt(packet.delayMicros());
    out.putInt((int) Math.min(packet.windowBytes(), 0xffff_ffffL));
    out.putShort((short) packet.sequence());
    out.putShort((short) packet.ack());
    if (selective > 0) {
      out.put((byte) 0).put((byte) selective).put(packet.selective().duplicate());
    }
    out.put(packet.payload().duplicate());
  }
}
