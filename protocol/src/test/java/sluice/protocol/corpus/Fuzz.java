package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Feeds a reader with mutations of good and bad inputs. A failure names the seed and the input; the
 * properties {@code sluice.fuzz.seed} and {@code sluice.fuzz.iterations} repeat or prolong a run.
 */
public final class Fuzz {
  /** Longest seed input; the large ones of the corpus would only be slow. */
  private static final int MAX_SEED_BYTES = 20_000;

  private static final int DEFAULT_ITERATIONS = 4_000;

  private final SplittableRandom random;
  private final List<byte[]> seeds;

  private Fuzz(SplittableRandom random, List<byte[]> seeds) {
    this.random = random;
    this.seeds = seeds;
  }

  /** Runs {@code reader} on mutations of {@code more} and of its corpus rows. */
  public static void run(CorpusReader reader, List<byte[]> more) {
    List<byte[]> seeds = new ArrayList<>(more);
    for (CorpusRow row : CorpusRow.all()) {
      if (row.reader().equals(reader.name())) {
        byte[] input = row.input();
        if (input.length <= MAX_SEED_BYTES) {
          seeds.add(input);
        }
      }
    }
    long seed = Long.getLong("sluice.fuzz.seed", 20_240_731L);
    int iterations = Integer.getInteger("sluice.fuzz.iterations", DEFAULT_ITERATIONS);
    System.out.println("fuzz " + reader.name() + " seed " + seed + " iterations " + iterations);
    Fuzz fuzz = new Fuzz(new SplittableRandom(seed), seeds);
    for (int i = 0; i < iterations; i++) {
      byte[] input = fuzz.next();
      String name = reader.name() + ", seed " + seed + ", iteration " + i;
      try {
        Verdict verdict = Verdict.of(reader, input);
        if (verdict.allocatedBytes() > Verdict.allocationLimit(input.length)) {
          throw new AssertionError(verdict.allocatedBytes() + " bytes for " + input.length);
        }
      } catch (Error | RuntimeException e) {
        throw new AssertionError(name + ": " + HexFormat.of().formatHex(input), e);
      }
    }
  }

  private byte[] next() {
    byte[] input = pick().clone();
    int turns = 1 + random.nextInt(4);
    for (int i = 0; i < turns; i++) {
      input = mutated(input);
    }
    return input;
  }

  private byte[] pick() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] mutated(byte[] in) {
    int from = random.nextInt(in.length + 1);
    int to = Math.min(in.length, from + random.nextInt(17));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(in);
      case 1 -> replaced(in, from, to, new byte[0]);
      case 2 -> replaced(in, from, from, Arrays.copyOfRange(in, from, to));
      case 3 -> replaced(in, from, to, token());
      case 4 -> replaced(in, from, from, token());
      case 5 -> replaced(in, from, in.length, new byte[0]);
      default -> spliced(in, from);
    };
  }

  private byte[] flipped(byte[] in) {
    byte[] out = in.clone();
    if (out.length > 0) {
      out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  private byte[] token() {
    String[] tokens = {
      "i0e",
      "i-1e",
      "i9223372036854775807e",
      "le",
      "de",
      "e",
      "d",
      "l",
      "0:",
      "1:a",
      "4:infod",
      "99999999999:",
      "d0:d",
      "4:attr1:l",
      "2:..",
      "%",
      "&",
      "\0",
      "\u00ff\u00ff\u00ff\u00ff"
    };
    String token = tokens[random.nextInt(tokens.length)];
    return token.getBytes(ISO_8859_1);
  }

  private byte[] spliced(byte[] in, int from) {
    byte[] other = pick();
    int start = random.nextInt(other.length + 1);
    byte[] part = Arrays.copyOfRange(other, start, other.length);
    return replaced(in, from, in.length, part);
  }

  private static byte[] replaced(byte[] in, int from, int to, byte[] with) {
    byte[] out = new byte[in.length - (to - from) + with.length];
    System.arraycopy(in, 0, out, 0, from);
    System.arraycopy(with, 0, out, from, with.length);
    System.arraycopy(in, to, out, from + with.length, in.length - to);
    return out;
  }
}
