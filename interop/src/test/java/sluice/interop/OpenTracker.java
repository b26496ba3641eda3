package sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * opentracker. Debian builds it to serve only torrents on a white list, which it reads at its start
 * from the folder to which it confines itself; started by root it goes on as nobody.
 */
final class OpenTracker implements AutoCloseable {
  private static final Pattern COUNTS =
      Pattern.compile("8:completei(\\d+)e.*10:incompletei(\\d+)e", Pattern.DOTALL);

  private final int port;
  private final Path work;
  private @Nullable RealProcess process;

  /** Reserves a port; nothing runs until {@link #start}. */
  OpenTracker(Path work) {
    Program.need("opentracker", Program.isOnPath("opentracker"));
    this.port = Patience.freePort();
    this.work = work;
  }

  String httpUrl() {
    return "http://127.0.0.1:" + port + "/announce";
  }

  String udpUrl() {
    return "udp://127.0.0.1:" + port + "/announce";
  }

  /** How many peers have announced the torrent with the hash {@code hex} and are still there. */
  int peers(String hex) {
    String query = hex.replaceAll("(..)", "%$1");
    String answer = Rpc.fetch("http://127.0.0.1:" + port + "/scrape?info_hash=" + query);
    Matcher counts = COUNTS.matcher(answer);
    if (!counts.find()) {
      return 0;
    }
    return Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2));
  }

  /** Starts serving the torrents with these hashes, in hex. */
  OpenTracker start(List<String> hashes) {
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
      return this;
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
