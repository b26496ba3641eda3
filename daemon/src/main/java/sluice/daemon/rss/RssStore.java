package sluice.daemon.rss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Feeds and rules in a folder of the state: {@code rss.json} has the tree with the addresses, and
 * the rules; what a feed brought is in a file of its own. Guarded by its owner.
 */
final class RssStore {
  private static final Logger LOG = System.getLogger(RssStore.class.getName());

  private final Path folder;

  RssStore(Path folder) {
    this.folder = folder;
  }

  /** Fills the parts with what was kept. */
  void load(FeedTree tree, Map<String, Feed> feeds, Map<String, Rule> rules) throws IOException {
    if (!Files.exists(folder.resolve("rss.json"))) {
      return;
    }
    JsonNode root = Json.read(Files.readAllBytes(folder.resolve("rss.json")));
    for (Map.Entry<String, JsonNode> node : root.path("tree").properties()) {
      String uid = node.getValue().path("uid").asString("");
      if (uid.isEmpty()) {
        tree.addFolder(node.getKey());
      } else {
        tree.addFeed(node.getKey(), uid);
        feeds.put(uid, feed(uid, node.getValue().path("url").asString("")));
      }
    }
    for (Map.Entry<String, JsonNode> rule : root.path("rules").properties()) {
      if (rule.getValue() instanceof ObjectNode object) {
        rules.put(rule.getKey(), RuleJson.read(object));
      }
    }
  }

  private Feed feed(String uid, String url) throws IOException {
    Path file = file(uid);
    if (Files.exists(file)) {
      try {
        Feed kept = FeedJson.read(uid, Json.read(Files.readAllBytes(file)));
        return kept.url().equals(url) ? kept : kept.at(url);
      } catch (Problem e) {
        LOG.log(Level.WARNING, "{0} is damaged: what {1} brought is forgotten", file, url);
      }
    }
    return Feed.fresh(uid, url);
  }

  private Path file(String uid) {
    return folder.resolve(uid + ".json");
  }

  /** Keeps the tree and the rules. */
  void save(FeedTree tree, Map<String, Feed> feeds, Map<String, Rule> rules) {
    ObjectNode root = Json.object();
    ObjectNode nodes = root.putObject("tree");
    tree.all()
        .forEach((path, uid) -> {
          ObjectNode node = nodes.putObject(path);
          Optional<Feed> feed = uid.map(feeds::get);
          feed.ifPresent(f -> node.put("uid", f.uid()).put("url", f.url()));
        });
    ObjectNode said = root.putObject("rules");
    rules.forEach((name, rule) -> said.set(name, RuleJson.of(rule)));
    write(folder.resolve("rss.json"), root);
  }

  /** Keeps what a feed brought. */
  void save(Feed feed) {
    write(file(feed.uid()), FeedJson.of(feed));
  }

  /** Forgets a feed. */
  void delete(String uid) {
    try {
      Files.deleteIfExists(file(uid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, ObjectNode object) {
    try {
      Files.createDirectories(folder);
      PrivateFile.write(file, Json.bytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
