package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the symbolic links of a torrent (BEP 47) to files and folders of the same torrent,
 * through other links. A link that leads nowhere, out of the root or in a circle has no target. One
 * use, one thread.
 */
final class Symlinks {
  /** Links that are followed for one target, as file systems do. */
  private static final int MAX_HOPS = 40;

  /** Links that are followed for one target on average, in a torrent with many. */
  private static final int MEAN_HOPS = 4;

  private final Set<List<String>> files = new HashSet<>();
  private final Set<List<String>> folders = new HashSet<>();
  private final Map<List<String>, List<String>> links = new HashMap<>();

  /** Links that may still be followed for all targets together; keeps the work linear. */
  private int budget = 1_000;

  private Symlinks() {}

  /** For each file, the elements below the root that its link means; empty for other files. */
  static List<Optional<List<String>>> resolve(List<RawFile> raw, List<String[]> paths) {
    Symlinks all = new Symlinks();
    if (raw.stream().anyMatch(RawFile::isSymlink)) {
      for (int i = 0; i < raw.size(); i++) {
        all.add(raw.get(i), Arrays.asList(paths.get(i)));
      }
    }
    List<Optional<List<String>>> targets = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      targets.add(
          raw.get(i).isSymlink() ? all.follow(Arrays.asList(paths.get(i))) : Optional.empty());
    }
    return targets;
  }

  private void add(RawFile file, List<String> path) {
    if (file.isPad()) {
      return;
    }
    if (!file.isSymlink()) {
      files.add(path);
    } else if (!file.symlink().isEmpty()) {
      links.put(path, SafePaths.elements(file.symlink()));
      budget += MEAN_HOPS;
    }
    for (int i = path.size() - 1; i > 0 && folders.add(path.subList(0, i)); i--) {
      // adds each parent that is not known yet
    }
  }

  private Optional<List<String>> follow(List<String> link) {
    List<String> target = links.get(link);
    for (int hop = 0; hop < MAX_HOPS && target != null && budget > 0; hop++) {
      budget--;
      if (files.contains(target) || folders.contains(target)) {
        return Optional.of(List.copyOf(target));
      }
      target = step(target);
    }
    return Optional.empty();
  }

  /** {@code path} with its first part that is a link replaced, or null if no part is one. */
  private @Nullable List<String> step(List<String> path) {
    for (int i = 1; i <= path.size() && i <= FileFields.MAX_LEVELS; i++) {
      List<String> target = links.get(path.subList(0, i));
      if (target != null) {
        List<String> next = new ArrayList<>(target);
        next.addAll(path.subList(i, path.size()));
        return next.size() > FileFields.MAX_LEVELS ? null : next;
      }
    }
    return null;
  }
}
