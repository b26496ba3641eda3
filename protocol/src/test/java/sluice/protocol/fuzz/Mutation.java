package sluice.protocol.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that are almost right: a few random changes to a good or bad example. */
final class Mutation {
  /** Largest input that is made. */
  static final int MAX_BYTES = 1 << 17;

  private static final int MAX_CHANGES = 6;
  private static final int[] ODD_BYTES = {0, 1, 0x7f, 0x80, 0xff, 'd', 'l', 'i', 'e', ':', '-', '9'};
  private static final String[] ODD_TEXTS = {
    "999999999999999999999", "-1", "0", "00", "2147483648", "9223372036854775807", "i0e", "de", "le"
  };

  private Mutation() {}

  /** A changed copy of one of {@code examples}. */
  static byte[] of(List<byte[]> examples, Random random) {
    byte[] bytes = examples.get(random.nextInt(examples.size())).clone();
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, examples, random);
      if (bytes.length > MAX_BYTES) {
        bytes = Arrays.copyOf(bytes, MAX_BYTES);
      }
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, List<byte[]> examples, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int to = at + random.nextInt(Math.min(bytes.length - at, 40) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> flip(bytes, random);
      case 1 -> splice(bytes, at, at, new byte[] {oddByte(random)});
      case 2 -> splice(bytes, at, Math.min(at + 1, bytes.length), new byte[] {oddByte(random)});
      case 3 -> splice(bytes, at, to, new byte[0]);
      case 4 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      case 5 -> Arrays.copyOf(bytes, at);
      case 6 -> splice(bytes, at, to, oddText(random));
      default -> splice(bytes, at, bytes.length, tail(examples, random));
    };
  }

  private static byte[] flip(byte[] bytes, Random random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte oddByte(Random random) {
    return (byte) ODD_BYTES[random.nextInt(ODD_BYTES.length)];
  }

  private static byte[] oddText(Random random) {
    return ODD_TEXTS[random.nextInt(ODD_TEXTS.length)].getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] tail(List<byte[]> examples, Random random) {
    byte[] other = examples.get(random.nextInt(examples.size()));
    return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] out = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, out, from, middle.length);
    System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
    return out;
  }
}
