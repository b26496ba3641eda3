package sluice.interop;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our own tracker, as a process. */
final class SluiceTracker implements RunningTracker {
  private final int port = Patience.freePort();
  private final Path work;
  private @Nullable RealProcess process;

  /** Reserves a port; nothing runs until {@link #start}. */
  SluiceTracker(Path work) {
    this.work = work;
  }

  @Override
  public int port() {
    return port;
  }

  /** Serves any torrent. */
  @Override
  public void start(List<String> hashes) {
    String address = "127.0.0.1:" + port;
    process = Sluice.run(work, List.of("tracker", "--udp", address, "--http", address));
    process.awaitLine("http", Patience.STEP, line -> line.equals("http " + address));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
