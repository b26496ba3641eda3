package sluice.tracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.tracker.access.AccessFiles;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.http.HttpServer;
import sluice.tracker.service.Event;
import sluice.tracker.service.Gate;
import sluice.tracker.service.TrackerCore;

/**
 * Reads rules, lists, users and the certificate again, when it is told to or when a file has
 * changed. With a mistake in any of them all stays as it was. Any thread.
 */
final class Reloads {
  /** How often to look. */
  static final int LOOK_SECONDS = 5;

  private static final System.Logger LOG = System.getLogger(Reloads.class.getName());

  private final TrackerCore core;
  private final SettingsSource source;
  private final Supplier<@Nullable HttpServer> server;
  private final boolean gateStays;
  private TrackerSettings settings;
  private List<FileTime> seen;

  /**
   * Reads from {@code source}.
   *
   * @param gateStays whether who is let in is decided by a gate that no settings make
   */
  Reloads(
      TrackerCore core,
      SettingsSource source,
      TrackerSettings settings,
      Supplier<@Nullable HttpServer> server,
      boolean gateStays) {
    this.core = core;
    this.source = source;
    this.settings = settings;
    this.server = server;
    this.gateStays = gateStays;
    this.seen = times();
  }

  /** Reads all again if a file has changed. */
  synchronized void look() {
    if (!times().equals(seen)) {
      var _ = readAgain();
    }
  }

  /** Reads all again; gives what is wrong, and then all stays as it was. */
  synchronized String readAgain() {
    seen = times();
    try {
      TrackerSettings fresh = source.read();
      Gate gate = gateStays ? core.gate() : AccessFiles.gate(fresh.access(), core.gate());
      Optional<TrackerSettings.Tls> tls = fresh.tls();
      HttpServer open = server.get();
      if (tls.isPresent() && open != null) {
        open.useTls(tls.get().certificate(), tls.get().key());
      }
      core.rules(fresh.rules());
      core.gate(gate);
      settings = fresh;
      seen = times();
      LOG.log(System.Logger.Level.INFO, Event.of("reloaded"));
      return "";
    } catch (IOException | IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      LOG.log(System.Logger.Level.WARNING, Event.of("reload-failed", "problem", problem));
      return problem;
    }
  }

  private List<FileTime> times() {
    List<Path> files = new ArrayList<>(source.files());
    files.addAll(settings.access().files());
    settings.tls().ifPresent(tls -> files.addAll(List.of(tls.certificate(), tls.key())));
    List<FileTime> times = new ArrayList<>();
    for (Path file : files) {
      try {
        times.add(Files.getLastModifiedTime(file));
      } catch (IOException e) {
        times.add(FileTime.fromMillis(0));
      }
    }
    return times;
  }
}
