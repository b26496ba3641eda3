package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import sluice.cli.CapturedConsole;

/** A hub of test coins that {@code sluice ledger serve} serves, until it is closed. */
final class ServedHub implements AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final CapturedConsole console = new CapturedConsole();
  private final Thread serving;

  private ServedHub(Path state, Path passwordFile) {
    serving = Thread.ofPlatform().start(() -> console.run(words(state, passwordFile)));
  }

  /** One that answers. */
  static ServedHub start(Path state, Path passwordFile) {
    ServedHub hub = new ServedHub(state, passwordFile);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (hub.console.outLines().size() < 2
        && hub.serving.isAlive()
        && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    if (hub.console.outLines().size() < 2) {
      hub.close();
      throw new AssertionError("no hub is served: " + hub.console.err());
    }
    assertThat(hub.console.outLines()).hasSize(2);
    return hub;
  }

  /** The words of the command. */
  static Object[] words(Path state, Path passwordFile) {
    return new Object[] {
      "ledger",
      "serve",
      "--test-coins",
      "--state",
      state,
      "--listen",
      "127.0.0.1:0",
      "--password-file",
      passwordFile
    };
  }

  /** Where members reach it. */
  String url() {
    return console.outLines().getFirst().substring("url ".length());
  }

  /** What it has said. */
  CapturedConsole console() {
    return console;
  }

  @Override
  public void close() {
    serving.interrupt();
    try {
      serving.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
