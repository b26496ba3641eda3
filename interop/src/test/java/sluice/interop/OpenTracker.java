package sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * opentracker. Debian builds it to serve only torrents on a white list, which it reads at its start
 * from the folder to which it confines itself; started by root it goes on as nobody.
 */
final class OpenTracker implements RunningTracker {
  private final int port;
  private final Path work;
  private @Nullable RealProcess process;

  /** Reserves a port; nothing runs until {@link #start}. */
  OpenTracker(Path work) {
    Program.need("opentracker", Program.isOnPath("opentracker"));
    this.port = Patience.freePort();
    this.work = work;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start(List<String> hashes) {
    try {
      Path folder = Files.createDirectories(work.resolve("opentracker"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path list = folder.resolve("torrents");
      Files.writeString(list, String.join("\n", hashes) + "\n");
      Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
      String number = Integer.toString(port);
      List<String> command =
          List.of(
              "opentracker",
              "-i",
              "127.0.0.1",
              "-p",
              number,
              "-P",
              number,
              "-d",
              folder.toString(),
              "-w",
              "torrents");
      process = RealProcess.start("opentracker", folder, command);
      Patience.awaitListening(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
