package sluice.daemon.rss;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.WebFetch;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Problem;

/**
 * Fetches feeds when it is time, and adds what the rules want. A rule sees each article until
 * somebody has seen it, so a rule that comes later takes what is there already.
 */
public final class Collector implements AutoCloseable {
  /** Longest feed. */
  public static final int MAX_BYTES = 8 << 20;

  private static final Logger LOG = System.getLogger(Collector.class.getName());
  private static final long LOOK_MILLIS = 1_000;
  private static final int AT_A_TIME = 4;

  private final Rss rss;
  private final WebFetch fetch;
  private final Desk desk;
  private final Preferences preferences;
  private final LongSupplier unixMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Semaphore places = new Semaphore(AT_A_TIME);

  /** One looks at articles at a time: what a rule took decides what it takes next. */
  private final ReentrantLock matching = new ReentrantLock();

  /** Begins to look. */
  public Collector(
      Rss rss, WebFetch fetch, Desk desk, Preferences preferences, LongSupplier unixMillis) {
    this.rss = rss;
    this.fetch = fetch;
    this.desk = desk;
    this.preferences = preferences;
    this.unixMillis = unixMillis;
    Thread.ofVirtual().name("daemon-rss").start(this::run);
  }

  /** The feeds and rules. */
  public Rss rss() {
    return rss;
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (preferences.is(Preference.RSS)) {
          refresh(due());
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the daemon ends", e);
    }
  }

  private List<String> due() {
    long before =
        unixMillis.getAsLong() - TimeUnit.MINUTES.toMillis(preferences.get(Preference.RSS_MINUTES));
    return rss.feeds().stream()
        .filter(feed -> feed.fetchedMillis() <= before)
        .map(Feed::uid)
        .toList();
  }

  /** Fetches feeds, whether it is time or not; does not wait for them. */
  public void refresh(List<String> uids) {
    for (String uid : uids) {
      if (rss.begin(uid)) {
        Thread.ofVirtual().name("daemon-feed").start(() -> load(uid));
      }
    }
  }

  private void load(String uid) {
    try {
      places.acquire();
      try {
        rss.feed(uid).ifPresent(this::load);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      rss.ended(uid);
    }
    process(List.of(uid));
  }

  private void load(Feed feed) {
    int most = (int) preferences.get(Preference.RSS_ARTICLES);
    try {
      byte[] bytes = fetch.get(feed.url(), MAX_BYTES);
      FeedDocument document = FeedParser.parse(bytes, unixMillis.getAsLong());
      rss.change(feed.uid(), now -> now.fetched(document, most, unixMillis.getAsLong()));
    } catch (Problem e) {
      failed(feed, e.detail());
    } catch (FeedException e) {
      failed(feed, String.valueOf(e.getMessage()));
    }
  }

  private void failed(Feed feed, String why) {
    LOG.log(Level.INFO, "{0}: {1}", feed.url(), why);
    rss.change(feed.uid(), now -> now.failed(why, unixMillis.getAsLong()));
  }

  /** Has the rules see all articles that nobody has seen; does not wait for them. */
  public void processAll() {
    Thread.ofVirtual()
        .name("daemon-rules")
        .start(() -> process(rss.feeds().stream().map(Feed::uid).toList()));
  }

  private void process(List<String> uids) {
    if (!preferences.is(Preference.RSS_DOWNLOADS)) {
      return;
    }
    matching.lock();
    try {
      for (String uid : uids) {
        rss.feed(uid).ifPresent(this::process);
      }
    } finally {
      matching.unlock();
    }
  }

  private void process(Feed feed) {
    List<Ready> ready = ready(feed.url());
    for (Article article : ready.isEmpty() ? List.<Article>of() : feed.articles().reversed()) {
      if (!article.read() && !article.torrent().isEmpty() && closed.getCount() > 0) {
        for (Ready each : ready) {
          if (take(feed, each, article)) {
            break;
          }
        }
      }
    }
  }

  /** A rule whose expressions are read. */
  private record Ready(String name, Rule rule, TitleFilter filter) {}

  private List<Ready> ready(String url) {
    List<Ready> ready = new ArrayList<>();
    rss.rules()
        .forEach((name, rule) -> {
          if (rule.enabled() && rule.feeds().contains(url)) {
            ready.add(new Ready(name, rule, filter(rule)));
          }
        });
    ready.sort(Comparator.comparingInt(each -> each.rule().priority()));
    return ready;
  }

  private static TitleFilter filter(Rule rule) {
    return new TitleFilter(rule.must(), rule.mustNot(), rule.expressions());
  }

  private boolean take(Feed feed, Ready ready, Article article) {
    boolean repeats = preferences.is(Preference.RSS_REPEATS);
    if (!ready.rule().fits(ready.filter(), article.title())) {
      return false;
    }
    // What it took a moment ago counts, too.
    Optional<Rule> rule = rss.rule(ready.name());
    if (rule.isEmpty() || rule.get().isDone(article, repeats)) {
      return false;
    }
    try {
      desk.add(article.torrent(), wish(rule.get()));
      rss.changeRule(ready.name(), now -> now.took(article, repeats));
      mark(feed, article, true);
      LOG.log(Level.INFO, "{0}: {1} was added", ready.name(), article.title());
    } catch (Problem e) {
      LOG.log(Level.WARNING, "{0}: {1}: {2}", ready.name(), article.title(), e.detail());
      mark(feed, article, false);
    }
    return true;
  }

  private void mark(Feed feed, Article article, boolean taken) {
    rss.change(
        feed.uid(),
        now ->
            now.articles(each ->
                !each.id().equals(article.id()) ? each : taken ? each.seen() : each.failed()));
  }

  private Wish wish(Rule rule) {
    boolean plain = rule.wish().folder().isBlank() && rule.wish().category().isEmpty();
    Wish wish = plain ? rule.wish().folder(preferences.folder().toString()) : rule.wish();
    return wish.stopped(!rule.start().orElse(preferences.is(Preference.START_ADDED)));
  }

  /** Titles that a rule wants, whatever it took before, by the paths of their feeds. */
  public Map<String, List<String>> matches(Rule rule) {
    TitleFilter filter = filter(rule);
    Map<String, List<String>> found = new TreeMap<>();
    rss.tree()
        .forEach((path, feed) -> {
          if (feed.isPresent() && rule.feeds().contains(feed.get().url())) {
            List<String> titles =
                feed.get().articles().stream()
                    .map(Article::title)
                    .filter(title -> rule.fits(filter, title))
                    .toList();
            if (!titles.isEmpty()) {
              found.put(path, titles);
            }
          }
        });
    return found;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
