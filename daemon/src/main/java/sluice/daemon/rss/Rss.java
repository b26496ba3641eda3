package sluice.daemon.rss;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import sluice.daemon.web.Problem;

/**
 * All feeds and rules, and what becomes of them; each change is kept before it is acknowledged. Any
 * thread that may block.
 */
public final class Rss {
  /** Most rules. */
  static final int MAX_RULES = 2_000;

  private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s/]\\S{0,4000}");

  private final RssStore store;
  private final FeedTree tree = new FeedTree();
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  private final Map<String, Rule> rules = new TreeMap<>();

  /** What rules are called by the names that they had; whoever looks at articles knows these. */
  private final Map<String, String> renamed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_RULES;
        }
      };

  private final Set<String> loading = new HashSet<>();
  private long version = 1;

  /** Those kept in {@code folder}; none if there is no such folder. */
  public Rss(Path folder) throws IOException {
    store = new RssStore(folder);
    store.load(tree, feeds, rules);
  }

  /** Counts changes. */
  public synchronized long version() {
    return version;
  }

  /** All paths with the feeds at them; a folder has none. */
  public synchronized Map<String, Optional<Feed>> tree() {
    Map<String, Optional<Feed>> all = new LinkedHashMap<>();
    tree.all().forEach((path, uid) -> all.put(path, uid.map(feeds::get)));
    return all;
  }

  /** All feeds. */
  public synchronized List<Feed> feeds() {
    return List.copyOf(feeds.values());
  }

  /** The feed with this uid. */
  public synchronized Optional<Feed> feed(String uid) {
    return Optional.ofNullable(feeds.get(uid));
  }

  /** Whether a feed is being fetched. */
  public synchronized boolean isLoading(String uid) {
    return loading.contains(uid);
  }

  /** Makes a folder. */
  public synchronized void addFolder(String path) {
    tree.addFolder(path);
    save();
  }

  /** Follows a feed; the path of nothing is called as its address. Gives its uid. */
  public synchronized String addFeed(String url, String path) {
    requireUrl(url);
    String uid = UUID.randomUUID().toString();
    tree.addFeed(path.isEmpty() ? url : path, uid);
    feeds.put(uid, Feed.fresh(uid, url));
    save();
    return uid;
  }

  private void requireUrl(String url) {
    if (!URL.matcher(url).matches()) {
      throw Problem.bad("no address of http or https: " + url);
    } else if (feeds.values().stream().anyMatch(feed -> feed.url().equals(url))) {
      throw Problem.conflict("RSS feed with given URL already exists: " + url);
    }
  }

  /** Has a feed be at another address; rules follow it. */
  public synchronized void readdress(String path, String url) {
    Feed feed = need(path);
    if (feed.url().equals(url)) {
      return;
    }
    requireUrl(url);
    rules.replaceAll((name, rule) -> rule.feedMoved(feed.url(), url));
    put(feed.at(url));
    save();
  }

  /** Forgets a feed, or a folder with all that is in it. */
  public synchronized void remove(String path) {
    List<String> gone = tree.remove(path);
    gone.forEach(feeds::remove);
    save();
    gone.forEach(store::delete);
  }

  /** Brings a feed or folder to another path. */
  public synchronized void move(String path, String to) {
    tree.move(path, to);
    save();
  }

  /** The uids of feeds at a path and below; all of them for the path of nothing. */
  public synchronized List<String> below(String path) {
    return tree.feeds(path);
  }

  /** Marks one article as seen, or all of the feeds at a path and below if it names none. */
  public synchronized void seen(String path, Optional<String> id) {
    for (String uid : tree.feeds(path)) {
      change(
          uid,
          feed ->
              feed.articles(
                  article -> id.map(article.id()::equals).orElse(true) ? article.seen() : article));
    }
  }

  /** Changes a feed that may be gone meanwhile. */
  synchronized void change(String uid, UnaryOperator<Feed> change) {
    Optional.ofNullable(feeds.get(uid))
        .ifPresent(feed -> {
          Feed changed = change.apply(feed);
          if (!changed.equals(feed)) {
            put(changed);
          }
        });
  }

  /** Begins to fetch; false if that is going on, or the feed is gone. */
  synchronized boolean begin(String uid) {
    return feeds.containsKey(uid) && loading.add(uid);
  }

  synchronized void ended(String uid) {
    loading.remove(uid);
    version++;
  }

  /** All rules by name. */
  public synchronized Map<String, Rule> rules() {
    return new TreeMap<>(rules);
  }

  /** Makes a rule, or changes it. */
  public synchronized void rule(String name, Rule rule) {
    requireName(name);
    rules.put(name, rule);
    save();
  }

  private void requireName(String name) {
    if (name.isBlank() || name.length() > Article.MAX_TITLE_CHARS || rules.size() >= MAX_RULES) {
      throw Problem.conflict("a rule has a name, and there are at most " + MAX_RULES);
    }
  }

  /** A rule by its name, or by one that it had before. */
  synchronized Optional<Rule> rule(String name) {
    return Optional.ofNullable(rules.get(called(name)));
  }

  private String called(String name) {
    return rules.containsKey(name) ? name : renamed.getOrDefault(name, name);
  }

  /** Changes a rule that may be gone meanwhile, or called otherwise. */
  synchronized void changeRule(String name, UnaryOperator<Rule> change) {
    if (rules.computeIfPresent(called(name), (same, rule) -> change.apply(rule)) != null) {
      save();
    }
  }

  /** Calls a rule otherwise. */
  public synchronized void renameRule(String name, String to) {
    requireName(to);
    Rule rule = rules.get(name);
    if (rule == null || rules.containsKey(to)) {
      throw Problem.conflict(rule == null ? "there is no rule " + name : "there is a rule " + to);
    }
    rules.remove(name);
    rules.put(to, rule);
    renamed.replaceAll((before, now) -> now.equals(name) ? to : now);
    renamed.put(name, to);
    save();
  }

  /** Forgets a rule. */
  public synchronized void removeRule(String name) {
    if (rules.remove(name) != null) {
      save();
    }
  }

  private Feed need(String path) {
    return tree.feed(path)
        .map(feeds::get)
        .orElseThrow(() -> Problem.conflict("Feed doesn't exist: " + path));
  }

  private void put(Feed feed) {
    feeds.put(feed.uid(), feed);
    version++;
    store.save(feed);
  }

  private void save() {
    version++;
    store.save(tree, feeds, rules);
  }
}
