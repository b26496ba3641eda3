package sluice.daemon.web;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One thing that a caller may be allowed to do. */
public enum Scope {
  /** Sees torrents, settings and events. */
  READ,
  /** Adds torrents. */
  ADD,
  /** Changes and removes torrents. */
  MANAGE,
  /** Sees and spends money. */
  WALLET,
  /** Changes settings and keys, and ends the daemon. */
  ADMIN;

  /** All of them. */
  public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

  /** Its name in files and answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope with that name. */
  public static Optional<Scope> of(String text) {
    return Stream.of(values()).filter(scope -> scope.text().equals(text)).findFirst();
  }
}
