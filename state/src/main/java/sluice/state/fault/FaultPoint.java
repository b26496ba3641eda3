package sluice.state.fault;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A labelled place at which a test can have the program die as if its power were cut. The
 * environment variable {@code FAULT=label:n} halts the virtual machine at the n-th passing of the
 * label, without shutdown hooks. Without it a passing costs one comparison with a constant. Any
 * thread.
 */
public final class FaultPoint {
  /** Exit code of a program that was halted here: that of a killed process. */
  public static final int HALTED = 137;

  private static final @Nullable FaultPoint ARMED = parse(System.getenv("FAULT"));

  private final String label;
  private final AtomicLong left;

  private FaultPoint(String label, long passings) {
    this.label = label;
    left = new AtomicLong(passings);
  }

  /** Dies here if it is this label's turn. */
  public static void pass(String label) {
    FaultPoint armed = ARMED;
    if (armed != null && armed.isDue(label)) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** The armed point that {@code label:n} describes; null for no or an unusable text. */
  static @Nullable FaultPoint parse(@Nullable String text) {
    int colon = text == null ? -1 : text.lastIndexOf(':');
    if (text == null || colon <= 0 || !text.substring(colon + 1).matches("[1-9][0-9]{0,8}")) {
      return null;
    }
    return new FaultPoint(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  boolean isDue(String passed) {
    return label.equals(passed) && left.decrementAndGet() == 0;
  }
}
