package sluice.transport.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a router makes of an IPv4 packet that is too large for the next link (RFC 791). */
final class Fragments {
  private static final int FLAGS = 6;
  private static final int DO_NOT_CUT = 0x4000;
  private static final int MORE = 0x2000;
  private static final int OFFSET = 0x1fff;
  private static final int CHECKSUM = 10;
  private static final int UNIT = 8;

  private Fragments() {}

  /** Pieces of at most {@code most} bytes; nothing if {@code packet} must not be cut. */
  static List<byte[]> of(byte[] packet, int most) {
    ByteBuffer in = ByteBuffer.wrap(packet);
    int header = (in.get(0) & 0xf) * 4;
    int flags = in.getShort(FLAGS) & 0xffff;
    List<byte[]> pieces = new ArrayList<>();
    if ((in.get(0) & 0xf0) != 0x40 || (flags & DO_NOT_CUT) != 0) {
      return pieces;
    }
    int step = (most - header) / UNIT * UNIT;
    for (int at = header; at < packet.length; at += step) {
      int length = Math.min(step, packet.length - at);
      boolean last = at + length == packet.length && (flags & MORE) == 0;
      ByteBuffer out = ByteBuffer.allocate(header + length);
      out.put(packet, 0, header).put(packet, at, length);
      out.putShort(2, (short) (header + length));
      int offset = (flags & OFFSET) + (at - header) / UNIT;
      out.putShort(FLAGS, (short) (offset | (last ? 0 : MORE)));
      out.putShort(CHECKSUM, (short) 0);
      out.putShort(CHECKSUM, (short) checksum(out, header));
      pieces.add(out.array());
    }
    return pieces;
  }

  private static int checksum(ByteBuffer bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i += 2) {
      sum += bytes.getShort(i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return ~(sum + (sum >>> 16)) & 0xffff;
  }
}
