package sluice.daemon.shelf;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Route;

/**
 * Adds the torrent files that appear in a folder. A file is read when it has not grown between two
 * looks, and gets another ending then: {@code .added}, or {@code .refused}.
 */
public final class WatchFolder implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WatchFolder.class.getName());
  private static final long LOOK_MILLIS = 1_000;

  private final Path folder;
  private final Desk desk;
  private final Preferences preferences;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Map<Path, Long> sizes = new HashMap<>();

  /** Begins to look. */
  public WatchFolder(Path folder, Desk desk, Preferences preferences) {
    this.folder = folder;
    this.desk = desk;
    this.preferences = preferences;
    Thread.ofVirtual().name("daemon-watch").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the daemon ends", e);
    } catch (IOException e) {
      LOG.log(Level.WARNING, folder + " is not watched any more", e);
    }
  }

  private void look() throws IOException {
    Map<Path, Long> seen = new HashMap<>();
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.torrent")) {
      for (Path file : files) {
        long size = Files.size(file);
        if (size <= Route.MAX_UPLOAD_BYTES && Long.valueOf(size).equals(sizes.get(file))) {
          add(file);
        } else {
          seen.put(file, size);
        }
      }
    }
    sizes = seen;
  }

  private void add(Path file) throws IOException {
    String ending = ".added";
    try {
      Wish wish =
          Wish.PLAIN
              .folder(preferences.folder().toString())
              .stopped(!preferences.is(Preference.START_ADDED));
      desk.add(Files.readAllBytes(file), wish);
    } catch (Problem e) {
      LOG.log(Level.WARNING, "{0}: {1}", file, e.detail());
      ending = ".refused";
    }
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ending),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
