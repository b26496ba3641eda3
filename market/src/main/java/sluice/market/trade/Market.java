package sluice.market.trade;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import sluice.engine.peer.PeerExtension;
import sluice.engine.peer.PeerTalk;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.market.money.Price;
import sluice.market.wire.PayOffer;
import sluice.protocol.metainfo.Info;

/**
 * The market of a session: sells upload slots, buys from neighbours, or both. To be given to an
 * engine as an extension. Loop only, except where a method says otherwise.
 */
public final class Market implements PeerExtension {
  static final long BEAT_NANOS = 250_000_000L;
  private static final long LEAVE_NANOS = 5_000_000_000L;

  private final Loop loop;
  private final Scene scene;
  private final Optional<Shop> shop;
  private final Optional<Buying> buying;
  private final boolean inPrivate;
  private final Wallet wallet;
  private final TorrentWallets torrents;
  private final Set<MarketTalk> talks = new LinkedHashSet<>();
  private Price most;
  private boolean beating;

  private Market(
      Loop loop,
      Scene scene,
      Optional<Selling> selling,
      Optional<Buying> buying,
      boolean inPrivate) {
    this.loop = loop;
    this.scene = scene;
    this.shop = selling.map(Shop::new);
    this.buying = buying;
    this.inPrivate = inPrivate;
    BuyTerms terms = buying.map(Buying::terms).orElse(BuyTerms.NOTHING);
    wallet = Wallet.of(terms, scene.unixSeconds());
    torrents = new TorrentWallets(wallet, terms.torrentMicros());
    most = terms.most();
  }

  /**
   * A market.
   *
   * @param hub where is paid
   * @param selling empty: nothing is sold
   * @param buying empty: nothing is bought
   * @param inPrivate whether it is also in private torrents (BEP 27)
   * @param unixSeconds the time of certificates
   * @param events hears of everything, on the loop
   */
  public static Market of(
      Loop loop,
      Entropy entropy,
      HubTerms hub,
      Optional<Selling> selling,
      Optional<Buying> buying,
      boolean inPrivate,
      LongSupplier unixSeconds,
      Consumer<MarketEvent> events) {
    long window = selling.map(s -> s.terms().windowBytes()).orElse(SellTerms.WINDOW_BYTES);
    Scene scene =
        new Scene(
            hub,
            new Bars(window),
            new Debts(),
            loop::now,
            unixSeconds,
            entropy,
            new Traffic(),
            events);
    return new Market(loop, scene, selling, buying, inPrivate);
  }

  @Override
  public String name() {
    return PayOffer.NAME;
  }

  @Override
  public Optional<PeerTalk> join(Info torrent) {
    if (torrent.isPrivate() && !inPrivate) {
      return Optional.empty();
    }
    MarketTalk talk = new MarketTalk(this, torrent);
    talks.add(talk);
    if (!beating) {
      beating = true;
      loop.after(BEAT_NANOS, this::beat);
    }
    return Optional.of(talk);
  }

  private void beat() {
    beating = !talks.isEmpty();
    if (beating) {
      long now = loop.now();
      List.copyOf(talks).forEach(talk -> talk.beat(now));
      loop.after(BEAT_NANOS, this::beat);
    }
  }

  /**
   * Buys nothing more and pays what is owed; done when that is so, or after a while. Any thread.
   */
  public CompletionStage<Void> leave() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> {
      long now = loop.now();
      talks.forEach(talk -> talk.leave(now));
      left(done, now + LEAVE_NANOS);
    });
    return done;
  }

  private void left(CompletableFuture<Void> done, long endNanos) {
    if (talks.stream().noneMatch(MarketTalk::isBuying) || loop.now() - endNanos >= 0) {
      done.complete(null);
    } else {
      loop.after(BEAT_NANOS / 10, () -> left(done, endNanos));
    }
  }

  /**
   * Buys on other terms from the next bid on, if this market buys at all; a price of {@link
   * Price#FREE} is none. What was bid stays until its time is over, and what was spent so far
   * counts. Any thread.
   */
  public void buy(BuyTerms terms) {
    loop.execute(() -> {
      most = terms.most();
      wallet.limit(terms.budgetMicros());
      wallet.limitDay(terms.daily().limitMicros());
      torrents.limit(terms.torrentMicros());
      talks.forEach(talk -> talk.most(most));
    });
  }

  /**
   * Sells at another floor, or not at all, from the next round of each torrent on, if this market
   * sells; peers are told. Any thread.
   *
   * @param isOpen whether anything is sold
   */
  public void sell(boolean isOpen, Price floor) {
    loop.execute(() ->
        shop.ifPresent(open -> {
          open.change(isOpen, floor);
          talks.forEach(MarketTalk::tell);
        }));
  }

  /** The highest price that is paid. */
  Price most() {
    return most;
  }

  void left(MarketTalk talk) {
    talks.remove(talk);
  }

  /** What may be spent for each torrent. */
  TorrentWallets torrents() {
    return torrents;
  }

  /** What may be spent, and what was. */
  public Wallet wallet() {
    return wallet;
  }

  Loop loop() {
    return loop;
  }

  Scene scene() {
    return scene;
  }

  Optional<Shop> shop() {
    return shop;
  }

  Optional<Buying> buying() {
    return buying;
  }

  /** What we tell of ourselves. */
  PayOffer offer() {
    Optional<SellTerms> sold = shop.filter(Shop::isOpen).map(Shop::terms);
    int abilities =
        (buying.isPresent() ? PayOffer.PAYS : 0)
            | sold.map(terms -> PayOffer.SELLS | terms.policy().code()).orElse(0);
    return new PayOffer(
        List.of(scene.hub().asset()),
        sold.map(SellTerms::floor),
        List.of(scene.hub().hub()),
        abilities,
        sold.map(SellTerms::windowBytes).orElse(0L));
  }
}
