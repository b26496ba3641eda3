package sluice.protocol.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Feeds a reader with mutations of examples. A reader fails when it throws what it does not declare,
 * or allocates more than 64 times its input and 32 MiB. {@code -Dsluice.fuzz.iterations} makes a run
 * longer, {@code -Dsluice.fuzz.seed} makes it another one.
 */
final class FuzzRun {
  private static final long SEED = Long.getLong("sluice.fuzz.seed", 1);
  private static final int ITERATIONS = Integer.getInteger("sluice.fuzz.iterations", 4_000);
  private static final int ALLOCATED_PER_BYTE = 64;
  private static final long ALLOCATED_ALWAYS = 32L << 20;
  private static final int MAX_SHOWN = 4_096;

  private FuzzRun() {}

  /** Runs {@code reader}, which throws nothing for any bytes, on all examples and on mutations. */
  static void run(List<byte[]> examples, Consumer<byte[]> reader) {
    for (byte[] example : examples) {
      feed(example, reader, -1);
    }
    for (int i = 0; i < ITERATIONS; i++) {
      feed(Mutation.of(examples, new Random(SEED * 1_000_003 + i)), reader, i);
    }
  }

  private static void feed(byte[] input, Consumer<byte[]> reader, int iteration) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      reader.accept(input.clone());
    } catch (RuntimeException | Error e) {
      throw new AssertionError("fails on " + describe(input, iteration), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (allocated > ALLOCATED_ALWAYS + (long) ALLOCATED_PER_BYTE * input.length) {
      throw new AssertionError(
          "allocates " + allocated + " bytes on " + describe(input, iteration));
    }
  }

  private static String describe(byte[] input, int iteration) {
    String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, MAX_SHOWN));
    return "seed " + SEED + " iteration " + iteration + ", " + input.length + " bytes: " + hex;
  }
}
