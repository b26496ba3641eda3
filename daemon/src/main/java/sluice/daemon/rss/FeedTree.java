package sluice.daemon.rss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.daemon.web.Problem;

/**
 * Folders and the feeds in them, by paths whose parts are separated by backslashes, as in
 * qBittorrent. A path is in the tree only if its folder is. Guarded by its owner.
 */
final class FeedTree {
  /** Most folders and feeds. */
  static final int MAX_NODES = 2_000;

  private static final int MAX_CHARS = 4_096;
  private static final int MAX_DEPTH = 16;
  private static final String FOLDER = "";

  /** The uid of a feed, or nothing for a folder, by path. */
  private final Map<String, String> nodes = new TreeMap<>();

  /** All paths with the feeds at them; a folder has none. */
  Map<String, Optional<String>> all() {
    Map<String, Optional<String>> all = new LinkedHashMap<>();
    nodes.forEach((path, uid) -> all.put(path, Optional.of(uid).filter(u -> !u.isEmpty())));
    return all;
  }

  /** The feed at {@code path}; empty if there is none. */
  Optional<String> feed(String path) {
    return Optional.ofNullable(nodes.get(path)).filter(uid -> !uid.isEmpty());
  }

  void addFolder(String path) {
    add(path, FOLDER);
  }

  void addFeed(String path, String uid) {
    add(path, uid);
  }

  private void add(String path, String uid) {
    requireFree(path);
    if (nodes.size() >= MAX_NODES) {
      throw Problem.conflict("there are at most " + MAX_NODES + " feeds and folders");
    }
    nodes.put(path, uid);
  }

  /** The feeds at {@code path} and below; the path of nothing is the whole tree. */
  List<String> feeds(String path) {
    if (!path.isEmpty()) {
      require(path);
    }
    return nodes.entrySet().stream()
        .filter(e -> path.isEmpty() || isIn(e.getKey(), path))
        .map(Map.Entry::getValue)
        .filter(uid -> !uid.isEmpty())
        .toList();
  }

  /** Removes what is at {@code path} and below; tells which feeds are gone. */
  List<String> remove(String path) {
    require(path);
    List<String> gone = feeds(path);
    nodes.keySet().removeIf(each -> isIn(each, path));
    return gone;
  }

  /** Brings what is at {@code path} to another. */
  void move(String path, String to) {
    require(path);
    if (isIn(to, path)) {
      throw Problem.conflict("a folder cannot be moved into itself");
    }
    requireFree(to);
    Map<String, String> moved = new TreeMap<>();
    nodes.forEach((each, uid) -> {
      if (isIn(each, path)) {
        moved.put(to + each.substring(path.length()), uid);
      }
    });
    moved.keySet().forEach(FeedTree::requireShape);
    nodes.keySet().removeIf(each -> isIn(each, path));
    nodes.putAll(moved);
  }

  private static boolean isIn(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "\\");
  }

  private void require(String path) {
    if (!nodes.containsKey(path)) {
      throw Problem.conflict("Item doesn't exist: " + path);
    }
  }

  private void requireFree(String path) {
    requireShape(path);
    int end = path.lastIndexOf('\\');
    if (nodes.containsKey(path)) {
      throw Problem.conflict("RSS item with given path already exists: " + path);
    } else if (end > 0 && !FOLDER.equals(nodes.get(path.substring(0, end)))) {
      throw Problem.conflict("Parent folder doesn't exist: " + path.substring(0, end));
    }
  }

  private static void requireShape(String path) {
    String[] parts = path.split("\\\\", -1);
    boolean blank = List.of(parts).stream().anyMatch(String::isBlank);
    if (blank || path.length() > MAX_CHARS || parts.length > MAX_DEPTH) {
      throw Problem.conflict("Incorrect RSS item path: " + path);
    }
  }
}
