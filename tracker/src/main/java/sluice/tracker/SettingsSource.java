package sluice.tracker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import sluice.tracker.config.TrackerSettings;

/** Where a running tracker reads its settings again. */
public interface SettingsSource {
  /**
   * The settings as they are now. Where to listen, limits, threads and the cluster are not changed.
   */
  TrackerSettings read() throws IOException;

  /** The files that they are in, besides those that the settings name themselves. */
  List<Path> files();

  /** Settings that never change; lists and certificates are still read again. */
  static SettingsSource fixed(TrackerSettings settings) {
    return new SettingsSource() {
      @Override
      public TrackerSettings read() {
        return settings;
      }

      @Override
      public List<Path> files() {
        return List.of();
      }
    };
  }
}
