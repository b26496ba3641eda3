package sluice.daemon.metric;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process and its virtual machine, by the names that Prometheus' own libraries use. */
public final class ProcessNumbers {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private ProcessNumbers() {}

  /** Writes all of them; what this system does not tell has no sample. */
  public static void write(MetricText text) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    text.head("jvm_memory_used_bytes", "gauge", "Memory of the virtual machine in use.")
        .sample("jvm_memory_used_bytes", "area=\"heap\"", memory.getHeapMemoryUsage().getUsed())
        .sample(
            "jvm_memory_used_bytes", "area=\"nonheap\"", memory.getNonHeapMemoryUsage().getUsed());
    text.gauge(
        "jvm_threads_current",
        "Threads of the system.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    collections(text);
    text.head("process_start_time_seconds", "gauge", "Start, since 1970.")
        .sample(
            "process_start_time_seconds",
            "",
            ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    text.head("process_cpu_seconds_total", "counter", "Time of processors.");
    text.head("process_open_fds", "gauge", "Open files and sockets.");
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      text.sample("process_cpu_seconds_total", "", system.getProcessCpuTime() / NANOS);
      if (system instanceof UnixOperatingSystemMXBean unix) {
        text.sample("process_open_fds", "", unix.getOpenFileDescriptorCount());
      }
    }
    text.head("process_resident_memory_bytes", "gauge", "Memory that is not paged out.");
    resident(text);
  }

  private static void collections(MetricText text) {
    text.head("jvm_gc_collection_seconds", "summary", "Collections of garbage.");
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      String labels = "gc=\"" + each.getName() + "\"";
      text.sample("jvm_gc_collection_seconds_sum", labels, each.getCollectionTime() / MILLIS);
      text.sample("jvm_gc_collection_seconds_count", labels, each.getCollectionCount());
    }
  }

  private static void resident(MetricText text) {
    if (!Files.isReadable(STATUS)) {
      return;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(STATUS);
    } catch (IOException e) {
      return; // the sample is left out
    }
    for (String line : lines) {
      if (line.startsWith(RESIDENT)) {
        String kibibytes = line.replaceAll("[^0-9]", "");
        text.sample("process_resident_memory_bytes", "", Long.parseLong(kibibytes) * 1_024);
      }
    }
  }
}
