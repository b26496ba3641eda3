package sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.cli.command.Program;

/** Runs the program's parts once, so that the JVM can record which classes it needs. */
public final class Rehearsal {
  private static final int DATA_BYTES = 100_000;

  private Rehearsal() {}

  /** Started by the launcher after a build. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("sluice");
    Path data = folder.resolve("data");
    Path torrent = folder.resolve("data.torrent");
    try {
      Files.write(data, new byte[DATA_BYTES]);
      String dir = folder.toString();
      for (List<String> line :
          List.of(
              List.of("--help"),
              List.of("create", data.toString(), "-o", torrent.toString()),
              List.of("info", torrent.toString()),
              List.of("verify", torrent.toString(), "--dir", dir),
              List.of("get", torrent.toString(), "--dir", dir, "--port", "0", "--json"))) {
        int code = new Program(Console.system()).run(line.toArray(String[]::new));
        if (code != ExitCode.OK.code()) {
          throw new IllegalStateException("exit code " + code + " of " + line);
        }
      }
    } finally {
      Files.deleteIfExists(torrent);
      Files.deleteIfExists(data);
      Files.deleteIfExists(folder);
    }
  }
}
