package sluice.engine.webseed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Sender;
import sluice.engine.pick.Picker;
import sluice.engine.pick.Stretch;
import sluice.engine.pick.Stretches;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.rate.Quota;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Info;

/** The web seeds of a torrent: who fetches what of which. Loop only. */
public final class WebSeeds implements Fetch.Owner {
  /** Most web seeds of a torrent that are used. */
  static final int MAX_SEEDS = 100;

  private static final int MAX_FETCHES = 4;
  private static final int MAX_FETCHES_PER_SEED = 2;

  private final Parts parts;
  private final Stretches stretches;
  private final List<WebSeed> seeds = new ArrayList<>();
  private final List<Fetch> fetches = new ArrayList<>();
  private int first;
  private boolean filling;
  private boolean closed;

  /**
   * What web seeds work with.
   *
   * @param local address to connect from; empty leaves it to the system
   * @param guard where requests may go
   * @param down the receive limits of session and torrent
   */
  public record Parts(
      Loop loop,
      Http http,
      Optional<Endpoint> local,
      UrlGuard guard,
      Info info,
      Picker picker,
      BlockBudget budget,
      Quota down,
      Taker taker) {}

  /** Web seeds at {@code urls}, of which duplicates are left out. */
  public WebSeeds(Parts parts, List<String> urls) {
    this.parts = parts;
    this.stretches = new Stretches(parts.picker());
    LinkedHashSet<String> bases = new LinkedHashSet<>();
    for (String url : urls) {
      FileUrls.base(url, parts.info().isSingleFile()).ifPresent(bases::add);
    }
    bases.stream().limit(MAX_SEEDS).forEach(base -> seeds.add(new WebSeed(base, parts.info())));
  }

  /** A tenth of a second has passed while pieces are wanted. */
  public void pump() {
    long now = parts.loop().now();
    for (Fetch fetch : List.copyOf(fetches)) {
      fetch.pump(now);
    }
    fill();
  }

  /** Starts what may be started. */
  private void fill() {
    if (closed || filling || seeds.isEmpty() || parts.picker().isComplete()) {
      return;
    }
    filling = true;
    long now = parts.loop().now();
    int vain = 0;
    while (fetches.size() < MAX_FETCHES && vain < seeds.size()) {
      WebSeed seed = seeds.get(first);
      first = (first + 1) % seeds.size();
      vain = isFree(seed, now) && start(seed) ? 0 : vain + 1;
    }
    filling = false;
  }

  private boolean isFree(WebSeed seed, long now) {
    long busy = fetches.stream().filter(f -> f.seed() == seed).count();
    return seed.mayAsk(now) && busy < MAX_FETCHES_PER_SEED;
  }

  private boolean start(WebSeed seed) {
    Optional<Stretch> stretch =
        stretches.next(
            seed.sender(),
            piece -> seed.has(piece) && fetches.stream().noneMatch(f -> f.covers(piece)),
            seed.maxPieces(),
            parts.taker().isOnParole(seed.sender()));
    if (stretch.isEmpty()) {
      return false;
    }
    Fetch fetch = new Fetch(parts, seed, stretch.get(), this);
    fetches.add(fetch);
    fetch.drive();
    return true;
  }

  /** A block came from a peer that web seeds were asked for, too. */
  public void onBlockElsewhere(int piece) {
    for (Fetch fetch : List.copyOf(fetches)) {
      if (fetch.covers(piece)) {
        fetch.prune();
      }
    }
  }

  /** The web seed sent false data: it is not asked again. */
  public void drop(Sender.Web liar, String reason) {
    for (WebSeed seed : seeds) {
      if (seed.sender().equals(liar)) {
        drop(seed, reason);
      }
    }
  }

  private void drop(WebSeed seed, String reason) {
    if (seed.isDropped()) {
      return;
    }
    seed.drop();
    List.copyOf(fetches).stream().filter(f -> f.seed() == seed).forEach(Fetch::giveUp);
    parts.taker().onWebProblem(seed.shown(), reason, true);
  }

  /** Ends all downloads for good. */
  public void close() {
    closed = true;
    List.copyOf(fetches).forEach(Fetch::giveUp);
  }

  /** Web seeds that may be used. */
  public int size() {
    return (int) seeds.stream().filter(s -> !s.isDropped()).count();
  }

  @Override
  public void onOver(Fetch fetch) {
    fetches.remove(fetch);
    if (!closed) {
      parts.loop().execute(this::fill);
    }
  }

  @Override
  public void onBusy(WebSeed seed, String message, long nanos) {
    long now = parts.loop().now();
    boolean tell = seed.failed(now);
    if (nanos >= 0) {
      seed.wait(now, nanos);
    }
    if (tell) {
      parts.taker().onWebProblem(seed.shown(), message, false);
    }
  }

  @Override
  public void onLacking(WebSeed seed, int file, String message) {
    if (seed.isDropped() || seed.isLacking(file)) {
      return;
    }
    boolean nothing = seed.lacks(file);
    parts.taker().onWebProblem(seed.shown(), message, false);
    for (Fetch fetch : List.copyOf(fetches)) {
      if (fetch.seed() == seed && fetch.needs(file)) {
        fetch.giveUp();
      }
    }
    if (nothing) {
      drop(seed, "it has none of the files");
    }
  }
}
