package sluice.daemon.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.web.Problem;

/**
 * Brings back what {@link Backup} wrote, into a state folder that nobody has used: settings at
 * once, torrents when the daemon starts there. Only names that a backup has are looked at.
 */
public final class Restore {
  private static final Logger LOG = System.getLogger(Restore.class.getName());

  /** Files of settings by their names in a backup. */
  private static final Map<String, String> SETTINGS =
      Map.of("labels.json", "labels.json", "rss.json", "rss/rss.json");

  private static final Pattern TORRENT =
      Pattern.compile(Backup.TORRENTS + "([0-9a-f]{40}\\.(?:torrent|fastresume))");

  private final Path state;

  /** Into the folder {@code state}. */
  public Restore(Path state) {
    this.state = state;
  }

  private Path waiting() {
    return state.resolve("restore");
  }

  /**
   * Puts everything where the daemon finds it; gives the number of torrents.
   *
   * @throws IOException if the file is no backup, or the folder has been used
   */
  public int unpack(InputStream backup) throws IOException {
    for (String used : List.of("labels.json", "torrents", "keys.json", "restore")) {
      if (Files.exists(state.resolve(used))) {
        throw new IOException(state + " has been used: it has " + used);
      }
    }
    int torrents = 0;
    boolean settings = false;
    try (ZipInputStream zip = new ZipInputStream(backup, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Optional<Path> place = place(entry.getName());
        if (place.isEmpty()) {
          continue;
        }
        boolean resume = entry.getName().endsWith(".fastresume");
        if (resume && ++torrents > StateFolder.MAX_TORRENTS) {
          throw new IOException("more than " + StateFolder.MAX_TORRENTS + " torrents");
        }
        settings |= SETTINGS.containsKey(entry.getName());
        write(place.get(), bytes(entry, zip));
      }
    }
    if (torrents == 0 && !settings) {
      throw new IOException("the file is no backup");
    }
    return torrents;
  }

  private Optional<Path> place(String name) {
    Matcher torrent = TORRENT.matcher(name);
    return torrent.matches()
        ? Optional.of(waiting().resolve(torrent.group(1)))
        : Optional.ofNullable(SETTINGS.get(name)).map(state::resolve);
  }

  private static byte[] bytes(ZipEntry entry, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Foreign.MAX_BYTES + 1);
    if (bytes.length > Foreign.MAX_BYTES) {
      throw new IOException(entry.getName() + " is too long");
    }
    return bytes;
  }

  private void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    if (file.startsWith(waiting())) {
      Files.write(file, bytes);
    } else {
      PrivateFile.write(file, bytes);
    }
  }

  /** Takes over the torrents that wait, at the start of the daemon; the log has what went wrong. */
  public void arrive(Desk desk, EventLog log, LongSupplier unixMillis) throws IOException {
    if (!Files.isDirectory(waiting())) {
      return;
    }
    List<String> problems;
    try {
      problems =
          new Migration(desk)
              .run(waiting()).stream()
                  .filter(result -> !result.problem().isEmpty())
                  .map(result -> result.source() + ": " + result.problem())
                  .toList();
    } catch (Problem e) {
      problems = List.of(e.detail());
    }
    for (String problem : problems) {
      log.add(unixMillis.getAsLong(), EventLog.Level.ERROR, "not restored: " + problem);
      LOG.log(Logger.Level.WARNING, "not restored: {0}", problem);
    }
    if (problems.isEmpty()) {
      delete();
    } else {
      Files.move(waiting(), state.resolve("not-restored"));
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.list(waiting())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(waiting());
  }
}
