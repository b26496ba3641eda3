package sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import sluice.cli.command.Program;

/**
 * Runs the program's parts once, a transfer over loopback included, so that the JVM can record
 * which classes it needs and how its hot methods behave.
 */
public final class Rehearsal {
  /** Enough blocks to make the methods of a transfer hot. */
  private static final int DATA_MIB = 96;

  private static final int MIB = 1 << 20;

  private Rehearsal() {}

  /** Started by the launcher after a build; with {@code daemon} for the parts of the daemon. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("sluice");
    try {
      Path data = folder.resolve("data");
      fill(data);
      String torrent = folder.resolve("data.torrent").toString();
      run("--help");
      run("create", data.toString(), "-o", torrent);
      if (args.length > 0) {
        DaemonRehearsal.run(folder, torrent);
        return;
      }
      run("info", torrent);
      run("verify", torrent, "--dir", folder.toString());
      transfer(torrent, folder, Files.createDirectory(folder.resolve("copy")));
    } finally {
      delete(folder);
    }
  }

  private static void fill(Path data) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] chunk = new byte[MIB];
    try (OutputStream out = Files.newOutputStream(data)) {
      for (int i = 0; i < DATA_MIB; i++) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
  }

  private static void transfer(String torrent, Path from, Path to) throws IOException {
    String port = Integer.toString(freePort());
    CompletableFuture<Void> seed =
        CompletableFuture.runAsync(() ->
            run(
                "seed",
                torrent,
                "--dir",
                from.toString(),
                "--no-tracker",
                "--seed-ratio",
                "1",
                "--bind",
                "127.0.0.1",
                "--port",
                port,
                "--json"));
    get(torrent, to, port);
    seed.join();
  }

  /** Downloads into {@code to} from who is at {@code port}. */
  static void get(String torrent, Path to, String port) {
    run(
        "get",
        torrent,
        "--dir",
        to.toString(),
        "--no-tracker",
        "--bind",
        "127.0.0.1",
        "--port",
        "0",
        "--peer",
        "127.0.0.1:" + port,
        "--json");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void run(String... line) {
    int code = new Program(Console.system()).run(line);
    if (code != ExitCode.OK.code()) {
      throw new IllegalStateException("exit code " + code + " of " + List.of(line));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
