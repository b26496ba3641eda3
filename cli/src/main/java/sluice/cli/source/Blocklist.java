package sluice.cli.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.client.FilterFile;
import sluice.protocol.filter.FilterList;
import sluice.protocol.filter.IpFilter;

/** A list of blocked addresses that the user named, and what to tell about it. */
public record Blocklist(Path file, FilterList list) {
  private static final int MAX_SHOWN = 5;

  /** Reads the list; a {@link Problem} if there is none or nothing of it is understood. */
  public static Blocklist read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new Problem(ExitCode.INVALID, file + " is a folder; name the list itself");
    }
    FilterList list;
    try {
      list = FilterFile.read(file);
    } catch (ZipException | EOFException e) {
      throw new Problem(
          ExitCode.INVALID, file + " cannot be unpacked: " + e.getMessage() + "; fetch it again");
    }
    if (list.ranges() == 0 && list.badLines() > 0) {
      throw new Problem(
          ExitCode.INVALID,
          file
              + ": no line is understood; it is to be a list of networks (CIDR), addresses or"
              + " ranges, of eMule (.dat) or PeerGuardian (.p2p, .p2b), plain or packed by gzip or"
              + " zip");
    }
    return new Blocklist(file, list);
  }

  /** What is blocked. */
  public IpFilter filter() {
    return list.filter();
  }

  /** What the user may want to correct. */
  public Optional<String> warning() {
    if (list.badLines() == 0) {
      return Optional.empty();
    }
    String which =
        list.firstBad().stream()
            .limit(MAX_SHOWN)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String more = list.badLines() > MAX_SHOWN ? ", ..." : "";
    return Optional.of(
        file
            + ": "
            + list.badLines()
            + (list.badLines() == 1 ? " line is" : " lines are")
            + " not understood and skipped ("
            + which
            + more
            + "); the other addresses are blocked");
  }
}
