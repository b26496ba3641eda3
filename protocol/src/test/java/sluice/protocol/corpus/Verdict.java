package sluice.protocol.corpus;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What became of one input, and what it cost.
 *
 * @param outcome {@code accept} or {@code reject}
 * @param reason of a refusal, may be empty
 */
public record Verdict(String outcome, String reason, long cpuNanos, long allocatedBytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Most bytes that reading {@code length} bytes may allocate. */
  public static long allocationLimit(int length) {
    return 64L * length + (32 << 20);
  }

  /** Reads {@code input}; any exception but the declared one is passed on as an error. */
  public static Verdict of(CorpusReader reader, byte[] input) {
    String outcome = "accept";
    String reason = "";
    Runnable check = () -> {};
    long cpu = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    try {
      check = reader.read().read(input);
    } catch (Exception e) {
      if (!reader.refusal().isInstance(e)) {
        throw new AssertionError("undeclared exception from " + reader.name(), e);
      }
      outcome = "reject";
      reason = reader.reason().apply(e);
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    check.run();
    return new Verdict(outcome, reason, cpu, allocated);
  }
}
