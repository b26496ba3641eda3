package sluice.protocol.utp;

import java.nio.ByteBuffer;

/**
 * A packet of uTP (BEP 29). Sequence numbers and connection ids are of 16 bits, times of 32 bits
 * that wrap.
 *
 * @param connectionId of the receiver's side; in a SYN that of the sender's
 * @param timestampMicros the sender's clock when it was sent
 * @param delayMicros what the sender saw last of the way to it: its clock minus that of the other
 * @param windowBytes room in the sender's receive buffer
 * @param sequence its number; in a STATE the number that comes next
 * @param ack the last number up to which the sender has everything
 * @param selective which numbers from {@code ack + 2} on have come, least significant bits first;
 *     empty if none was skipped
 * @param payload of DATA
 */
public record UtpPacket(
    UtpType type,
    int connectionId,
    int timestampMicros,
    int delayMicros,
    long windowBytes,
    int sequence,
    int ack,
    ByteBuffer selective,
    ByteBuffer payload) {
  /** Nothing. */
  public static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** The number after {@code sequence}. */
  public static int next(int sequence) {
    return (sequence + 1) & 0xffff;
  }

  /** How far {@code to} is ahead of {@code from}; negative if it is behind. */
  public static int distance(int from, int to) {
    return (short) (to - from);
  }

  /** Whether the {@code i}-th number from {@code ack + 2} on has come. */
  public boolean isSelected(int i) {
    int at = selective.position() + i / 8;
    return at < selective.limit() && (selective.get(at) >> (i % 8) & 1) != 0;
  }

  /** Numbers of which {@link #isSelected} may hold. */
  public int selectable() {
    return 8 * selective.remaining();
  }
}
