package sluice.tracker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import sluice.testkit.SelfSigned;
import sluice.tracker.config.TrackerSettings;

/** A real Redis or Valkey, which may be killed and started again where it was. */
final class RedisProcess implements AutoCloseable {
  static final String PASSWORD = "known to the trackers";

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 2_000_000;

  private final String program;
  private final Path folder;
  private final Optional<SelfSigned> tls;
  private int port;
  private Process process;

  /** One that listens; within TLS if there is a certificate. */
  RedisProcess(String program, Path folder, Optional<SelfSigned> tls) throws IOException {
    this.program = program;
    this.folder = folder;
    this.tls = tls;
    do {
      // Somebody else may have taken it by the time that the process is there.
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
    } while (!start());
  }

  /** Whether this machine has it. */
  static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** How trackers find it. */
  TrackerSettings.Cluster shared() {
    return shared(PASSWORD, tls.map(SelfSigned::certificate));
  }

  /** The same with this password and these certificates. */
  TrackerSettings.Cluster shared(String password, Optional<Path> certificates) {
    return new TrackerSettings.Cluster(
        new InetSocketAddress("127.0.0.1", port), "secret", password, certificates);
  }

  /** Starts it, with nothing in it; gives whether it has come up and not ended. */
  boolean start() throws IOException {
    List<String> command = new ArrayList<>(List.of(program, "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--requirepass", PASSWORD));
    command.addAll(List.of(tls.isPresent() ? "--tls-port" : "--port", "" + port));
    if (tls.isPresent()) {
      command.addAll(List.of("--port", "0", "--tls-auth-clients", "no"));
      command.addAll(List.of("--tls-cert-file", tls.get().certificate().toString()));
      command.addAll(List.of("--tls-key-file", tls.get().key().toString()));
    }
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive()) {
      try (RedisLink _ = RedisLink.open(shared())) {
        return true;
      } catch (IOException e) {
        assertThat(System.nanoTime()).as("%s", e).isLessThan(end);
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return false;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
