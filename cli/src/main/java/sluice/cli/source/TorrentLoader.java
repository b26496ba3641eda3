package sluice.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/**
 * Reads torrents that are named on the command line: a file, {@code -}, a web address or a magnet
 * link.
 */
public final class TorrentLoader {
  /** Largest torrent file that is read, in bytes. */
  private static final int MAX_BYTES = 10_000_000;

  private final Fetcher fetcher;
  private final InputStream standardInput;

  public TorrentLoader(Fetcher fetcher, InputStream standardInput) {
    this.fetcher = fetcher;
    this.standardInput = standardInput;
  }

  /** Whether {@code name} is a magnet link. */
  public static boolean isMagnet(String name) {
    return name.regionMatches(true, 0, "magnet:", 0, 7);
  }

  /** Whether {@code name} is a web address. */
  public static boolean isUrl(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** The torrent or magnet called {@code name}; a {@link Problem} if there is none. */
  public Given find(String name) throws IOException, InterruptedException {
    return isMagnet(name) ? new Given.Link(magnet(name)) : load(name);
  }

  /** What the magnet {@code link} says. */
  public static Magnet magnet(String link) {
    try {
      return MagnetParser.parse(link);
    } catch (MagnetException e) {
      throw new Problem(ExitCode.INVALID, "no magnet link that can be used: " + e.getMessage());
    }
  }

  /** The torrent file called {@code name}; a {@link Problem} if there is none. */
  public Given.TorrentFile load(String name) throws IOException, InterruptedException {
    if (isMagnet(name)) {
      throw new Problem(
          ExitCode.USAGE,
          "a magnet link does not hold the list of files and hashes; use the .torrent file, or"
              + " sluice get, which asks peers for them");
    }
    byte[] bytes = bytes(name);
    if (bytes.length > MAX_BYTES) {
      throw new Problem(
          ExitCode.INVALID,
          name + " is no torrent file: it is larger than " + MAX_BYTES / 1_000_000 + " MB");
    }
    try {
      return new Given.TorrentFile(MetainfoParser.parse(bytes), bytes);
    } catch (MetainfoException e) {
      throw new Problem(
          ExitCode.INVALID,
          (name.equals("-") ? "standard input" : name)
              + " is no torrent file that can be used: "
              + e.getMessage());
    }
  }

  private byte[] bytes(String name) throws IOException, InterruptedException {
    if (name.equals("-")) {
      return standardInput.readNBytes(MAX_BYTES + 1);
    }
    if (isUrl(name)) {
      try {
        return fetcher.fetch(new URI(name), MAX_BYTES);
      } catch (URISyntaxException e) {
        throw new Problem(
            ExitCode.USAGE, "not a web address: " + name + " (" + e.getReason() + ")");
      }
    }
    return file(name);
  }

  private static byte[] file(String name) throws IOException {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new Problem(ExitCode.INVALID, name + " is a folder; name the .torrent file itself");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return in.readNBytes(MAX_BYTES + 1);
      }
    } catch (InvalidPathException e) {
      throw new Problem(ExitCode.NOT_FOUND, name + ": no such file");
    } catch (NoSuchFileException e) {
      throw new Problem(ExitCode.NOT_FOUND, name + ": no such file; check the name and the folder");
    }
  }
}
