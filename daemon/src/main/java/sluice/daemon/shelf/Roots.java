package sluice.daemon.shelf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.daemon.web.Problem;

/** The folders in which data may be. Whoever speaks an API gets no others. Any thread. */
public final class Roots {
  private final Path usual;
  private final List<Path> all = new ArrayList<>();

  /** These folders and all that is in them; the usual one is for those who name none. */
  public Roots(Path usual, List<Path> others) {
    this.usual = usual.toAbsolutePath().normalize();
    all.add(this.usual);
    others.forEach(folder -> all.add(folder.toAbsolutePath().normalize()));
  }

  /** The folder for those who name none. */
  public Path usual() {
    return usual;
  }

  /** All of them, the usual one first. */
  public List<Path> folders() {
    return List.copyOf(all);
  }

  /**
   * The folder that {@code text} names, relative to the usual one.
   *
   * @throws Problem if data may not be there
   */
  public Path of(String text) {
    Path folder;
    try {
      folder = usual.resolve(text.isBlank() ? "" : text).normalize();
    } catch (InvalidPathException e) {
      throw Problem.bad("no path: " + text);
    }
    Path real = real(folder);
    if (all.stream().noneMatch(root -> folder.startsWith(root) && real.startsWith(real(root)))) {
      throw new Problem(403, "folder", folder + " is not in a folder that the configuration names");
    }
    return folder;
  }

  /** Where it leads, with all links followed; what does not exist leads where its parent does. */
  private static Path real(Path path) {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return there.toRealPath().resolve(there.relativize(path)).normalize();
    } catch (IOException e) {
      throw Problem.bad(path + " cannot be looked at");
    }
  }
}
