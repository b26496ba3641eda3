package sluice.cli.progress;

import java.util.Locale;

/** What is being done for a torrent. */
public enum Stage {
  /** Peers are asked for the list of files and hashes. */
  METADATA,
  DOWNLOADING,
  /** Everything that is wanted is there. */
  SEEDING;

  /** For JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
