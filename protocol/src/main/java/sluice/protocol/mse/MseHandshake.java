package sluice.protocol.mse;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One side of an MSE handshake: bytes in, steps out. It takes no byte beyond its own part of the
 * stream, and keeps at most {@code 512 + 20} of them.
 *
 * <p>Both sides begin with a public key and a pad of unknown length. The other side can find the
 * end of the pad only by what follows it, which depends on the other's public key; so whatever
 * comes before our key has left is pad, and is counted, not kept.
 */
public abstract sealed class MseHandshake permits MseInitiator, MseResponder {
  static final int VERIFICATION_BYTES = 8;
  static final int DIGEST_BYTES = 20;
  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private int count;
  private int padBytes;
  private byte[] mark = NOTHING;
  private Want want = Want.NOTHING;

  MseHandshake() {}

  /** What the next bytes are. */
  private enum Want {
    NOTHING,
    FIELD,
    PAD,
    MARK
  }

  /**
   * Takes bytes of {@code in}, as far as they belong to the handshake, and never asks to send
   * unless it is done.
   */
  public final MseStep feed(ByteBuffer in) {
    MseStep step = waiting();
    while (in.hasRemaining() && step instanceof MseStep.Continue) {
      step = take(in);
    }
    if (step instanceof MseStep.Work && takePad(in) instanceof MseStep.Failed failed) {
      return failed;
    }
    return step;
  }

  /** Does what {@link MseStep.Work} asked for. */
  public abstract MseStep work();

  /** {@code field} has come, all of it. */
  abstract MseStep onField(byte[] field);

  /** The mark that ends the pad has come. */
  abstract MseStep onMark();

  /** Waits for {@code bytes} bytes, at least one, which are told to {@link #onField}. */
  final MseStep wantField(int bytes) {
    want = Want.FIELD;
    buffer = new byte[bytes];
    count = 0;
    return waiting();
  }

  /** Asks for work; all that comes before it is done is pad. */
  final MseStep wantWork() {
    want = Want.PAD;
    return new MseStep.Work();
  }

  /** Waits for {@code end} behind a pad, and sends {@code bytes}. */
  final MseStep wantMark(byte[] end, ByteBuffer bytes) {
    want = Want.MARK;
    mark = end;
    buffer = new byte[MseChance.MAX_PAD_BYTES - padBytes + end.length];
    count = 0;
    return new MseStep.Continue(bytes);
  }

  final MseStep done(ByteBuffer bytes, StreamCipher incoming, StreamCipher outgoing) {
    want = Want.NOTHING;
    return new MseStep.Done(bytes, incoming, outgoing);
  }

  final MseStep failed(String reason) {
    want = Want.NOTHING;
    return new MseStep.Failed(reason);
  }

  private MseStep take(ByteBuffer in) {
    return switch (want) {
      case FIELD -> takeField(in);
      case PAD -> takePad(in);
      case MARK -> takeMark(in);
      case NOTHING -> throw new IllegalStateException("fed after the end");
    };
  }

  private MseStep takeField(ByteBuffer in) {
    int n = Math.min(in.remaining(), buffer.length - count);
    in.get(buffer, count, n);
    count += n;
    return count == buffer.length ? onField(buffer) : waiting();
  }

  private MseStep takePad(ByteBuffer in) {
    padBytes += in.remaining();
    in.position(in.limit());
    return padBytes > MseChance.MAX_PAD_BYTES ? failed("a pad that is too long") : waiting();
  }

  private MseStep takeMark(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (count == buffer.length) {
        return failed("no end of the pad");
      }
      buffer[count++] = in.get();
      int from = count - mark.length;
      if (from >= 0 && Arrays.equals(buffer, from, count, mark, 0, mark.length)) {
        return onMark();
      }
    }
    return count == buffer.length ? failed("no end of the pad") : waiting();
  }

  private static MseStep waiting() {
    return new MseStep.Continue(ByteBuffer.wrap(NOTHING));
  }

  static ByteBuffer joined(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.flip();
  }
}
