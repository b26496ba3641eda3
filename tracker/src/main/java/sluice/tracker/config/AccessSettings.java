package sluice.tracker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is served.
 *
 * @param mode which torrents
 * @param torrents file with info-hashes in hex, one a line
 * @param users file with {@code PASSKEY NAME} lines; when there is one, only they are served
 * @param deniedClients beginnings of peer ids
 */
public record AccessSettings(
    Mode mode, Optional<Path> torrents, Optional<Path> users, List<String> deniedClients) {
  /** Which torrents are served. */
  public enum Mode {
    OPEN,
    /** Those of the list. */
    ALLOW,
    /** All but those of the list. */
    DENY
  }

  public AccessSettings {
    deniedClients = List.copyOf(deniedClients);
  }

  /** Everyone and everything. */
  public static final AccessSettings OPEN =
      new AccessSettings(Mode.OPEN, Optional.empty(), Optional.empty(), List.of());

  /** Files whose change changes who is served. */
  public List<Path> files() {
    return java.util.stream.Stream.of(torrents, users).flatMap(Optional::stream).toList();
  }
}
