package sluice.tracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import sluice.tracker.access.AccessFiles;
import sluice.tracker.config.AccessSettings;
import sluice.tracker.service.TrackerCore;

/** Reads the lists of torrents and users again when their files change. Any thread. */
final class ListWatch {
  /** How often to look. */
  static final int LOOK_SECONDS = 5;

  private static final System.Logger LOG = System.getLogger(ListWatch.class.getName());

  private final TrackerCore core;
  private final AccessSettings settings;
  private List<FileTime> seen;

  ListWatch(TrackerCore core, AccessSettings settings) {
    this.core = core;
    this.settings = settings;
    this.seen = times();
  }

  /** Reads the files again if one has changed. */
  synchronized void look() {
    if (!times().equals(seen)) {
      String problem = readAgain();
      LOG.log(
          problem.isEmpty() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
          problem.isEmpty() ? "lists read again" : "lists stay as they were: " + problem);
    }
  }

  /** Reads the files again; gives what is wrong with them, and then all stays as it was. */
  synchronized String readAgain() {
    seen = times();
    try {
      core.gate(AccessFiles.gate(settings, core.gate()));
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private List<FileTime> times() {
    List<FileTime> times = new ArrayList<>();
    for (Path file : settings.files()) {
      try {
        times.add(Files.getLastModifiedTime(file));
      } catch (IOException e) {
        times.add(FileTime.fromMillis(0));
      }
    }
    return times;
  }
}
