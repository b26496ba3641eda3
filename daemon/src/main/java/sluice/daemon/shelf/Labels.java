package sluice.daemon.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.client.TorrentRecord;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The categories and tags that there are, whether a torrent has them or not, and what else the APIs
 * let users set that the engine does not know. Kept in a file. Any thread.
 */
public final class Labels {
  /** Most categories, tags and values. */
  static final int MAX = 10_000;

  private static final int MAX_VALUE_CHARS = 4_096;

  private final Path file;
  private final Map<String, String> categories = new TreeMap<>();
  private final Set<String> tags = new TreeSet<>();
  private final Map<String, String> values = new TreeMap<>();

  /** When torrents of a category have shared enough that do not say so themselves. */
  private final Map<String, ShareRule> shares = new TreeMap<>();

  private long version = 1;

  /** Those in {@code file}; none if there is no such file. */
  public Labels(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      JsonNode root = Json.read(Files.readAllBytes(file));
      root.path("categories")
          .properties()
          .forEach(e -> categories.put(e.getKey(), e.getValue().asString()));
      root.path("tags").forEach(tag -> tags.add(tag.asString()));
      root.path("shares")
          .properties()
          .forEach(e -> shares.put(e.getKey(), ShareJson.read(e.getValue())));
      root.path("values")
          .properties()
          .forEach(e -> values.put(e.getKey(), e.getValue().asString()));
    }
  }

  /** Counts changes. */
  public synchronized long version() {
    return version;
  }

  /** All categories with their folders; an empty folder is the usual one. */
  public synchronized Map<String, String> categories() {
    return new TreeMap<>(categories);
  }

  /** The folder of a category, if it has one of its own. */
  public synchronized Optional<String> folder(String category) {
    return Optional.ofNullable(categories.get(category)).filter(text -> !text.isEmpty());
  }

  /** All tags. */
  public synchronized Set<String> tags() {
    return new TreeSet<>(tags);
  }

  /** Makes a category, or gives one another folder. */
  public synchronized void category(String name, String folder) {
    require(name, categories.size());
    if (!folder.equals(categories.put(name, folder))) {
      save();
    }
  }

  /** Makes a category unless it is there. */
  public synchronized void needCategory(String name) {
    if (!name.isEmpty() && !categories.containsKey(name)) {
      category(name, "");
    }
  }

  /** When torrents of categories have shared enough that do not say so themselves. */
  public synchronized Map<String, ShareRule> shares() {
    return new TreeMap<>(shares);
  }

  /** Says when torrents of a category have shared enough. */
  synchronized void share(String category, ShareRule rule) {
    boolean changed =
        rule.equals(ShareRule.INHERIT)
            ? shares.remove(category) != null
            : !rule.equals(shares.put(category, rule));
    if (changed) {
      save();
    }
  }

  /** Forgets categories. */
  public synchronized void removeCategories(List<String> names) {
    shares.keySet().removeAll(names);
    if (categories.keySet().removeAll(names)) {
      save();
    }
  }

  /** Makes tags. */
  public synchronized void addTags(List<String> names) {
    names.forEach(name -> require(name, tags.size()));
    if (tags.addAll(names)) {
      save();
    }
  }

  /** Forgets tags. */
  public synchronized void removeTags(List<String> names) {
    if (tags.removeAll(Set.copyOf(names))) {
      save();
    }
  }

  /** A value that was set. */
  public synchronized Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** What was set under keys that begin with {@code prefix}, by the rest of these keys. */
  synchronized Map<String, String> values(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach((key, text) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), text);
      }
    });
    return found;
  }

  /** Sets a value. */
  public synchronized void value(String key, String text) {
    if (text.length() > MAX_VALUE_CHARS || values.size() >= MAX) {
      throw Problem.bad("the value of " + key + " is too long");
    }
    if (!text.equals(values.put(key, text))) {
      save();
    }
  }

  static void require(String name, int count) {
    if (name.isBlank() || name.length() > TorrentRecord.MAX_LABEL_CHARS || count >= MAX) {
      throw Problem.bad("a label has 1 to " + TorrentRecord.MAX_LABEL_CHARS + " characters");
    }
  }

  private void save() {
    version++;
    ObjectNode root = Json.object();
    ObjectNode folders = root.putObject("categories");
    categories.forEach(folders::put);
    var names = root.putArray("tags");
    tags.forEach(names::add);
    ObjectNode rules = root.putObject("shares");
    shares.forEach((name, rule) -> rules.set(name, ShareJson.of(rule)));
    ObjectNode set = root.putObject("values");
    values.forEach(set::put);
    try {
      PrivateFile.write(file, Json.bytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
