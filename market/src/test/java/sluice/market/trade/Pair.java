package sluice.market.trade;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;
import sluice.engine.port.Entropy;
import sluice.market.auction.Sale;
import sluice.market.bid.Bidder;
import sluice.market.money.Price;
import sluice.market.sign.Domain;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.digest.Hash;

/**
 * A seller and a buyer in virtual time with a line between them that keeps the order. The seller
 * has one slot for sale; pieces are verified when all of their blocks have come, in order.
 */
final class Pair {
  static final int BLOCK = 16_384;
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final long UNIX = 1_700_000_000L;
  static final String ASSET = "test:coin";
  static final PayKey HUB_KEY = key(0x33);
  static final PayAddress ALIAS = key(0x22).address();

  /** The network that both are of. */
  static final long GROUP = 7;

  /** A block costs no whole number of micro-units. */
  static final Price FLOOR = new Price(777_777);

  final HubTerms hub = new HubTerms(Domain.of(1, HUB_KEY.identity()), HUB_KEY.address(), ASSET);
  final List<MarketEvent> sellerTold = new ArrayList<>();
  final List<MarketEvent> buyerTold = new ArrayList<>();
  final Bars bars = new Bars(SellTerms.WINDOW_BYTES);
  final Debts debts = new Debts();
  final Remains remains = new Remains();
  final TestTill till = new TestTill(this);
  final TestPurse purse = new TestPurse(this);
  final Wallet wallet;
  final Bidder bidder;
  final Neighbour buyerOfSeller;
  final Neighbour sellerOfBuyer;
  final Shop shop;
  final SellSide sells;
  final BuySide buys;
  final End sellerEnd = new End();
  final End buyerEnd = new End();
  final int pieceBytes;
  private final boolean byBlock;

  /** What becomes of messages to the seller. */
  Function<PayMessage, List<PayMessage>> toSeller = List::of;

  /** What becomes of messages to the buyer. */
  Function<PayMessage, List<PayMessage>> toBuyer = List::of;

  boolean wants = true;
  boolean silent;
  boolean verifies = true;
  long bytesPerSecond = 1 << 20;
  long latencyNanos = 20 * MILLI;
  long receivedBytes;
  long sentBytes;

  /** Bytes that were sent on an award. */
  long paidForBytes;

  long limitBytes = Long.MAX_VALUE;
  long extensionBytes;
  boolean choked = true;

  /** Pieces that will turn out bad. */
  int badFrom = Integer.MAX_VALUE;

  /** Blocks from here on are bad, and known to be so where each is verified. */
  long badFromBlock = Long.MAX_VALUE;

  /** The most that the seller was ever owed. */
  long mostOwedMicros;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  private long number;
  private long now;
  private long lineFreeNanos;

  private record Event(long atNanos, long number, Runnable task) {}

  Pair(SellTerms sellTerms, BuyTerms buyTerms, int pieceBytes) {
    this(sellTerms, buyTerms, pieceBytes, false);
  }

  /** {@code byBlock}: each block is verified by itself, a moment after it has come. */
  private Pair(SellTerms sellTerms, BuyTerms buyTerms, int pieceBytes, boolean byBlock) {
    this.pieceBytes = pieceBytes;
    this.byBlock = byBlock;
    wallet = Wallet.of(buyTerms, () -> UNIX + now / SECOND);
    bidder = new Bidder(buyTerms.most(), Price.FREE);
    shop = new Shop(new Selling(sellTerms, till));
    sells = new SellSide(scene(sellerTold), shop, sellerEnd, GROUP);
    buys =
        new BuySide(
            scene(buyerTold),
            purse,
            wallet,
            buyerEnd,
            bidder,
            new Goods(1L << 40, byBlock ? BLOCK : pieceBytes, GROUP, remains));
    buyerOfSeller = new Neighbour(sellerEnd, Optional.of(sells), Optional.empty());
    sellerOfBuyer = new Neighbour(buyerEnd, Optional.empty(), Optional.of(buys));
    buys.onOffer(
        new PayOffer(
            List.of(ASSET), Optional.of(sellTerms.floor()), List.of(hub.hub()), 2, 1 << 20));
    after(0, this::beat);
    after(0, this::round);
  }

  static Pair of(Price most, long budget) {
    return new Pair(SellTerms.of(ALIAS, FLOOR), new BuyTerms(most, budget), 16 * BLOCK);
  }

  /** A payer of {@code most} and a payee of {@code terms}, with the hashes of blocks or without. */
  static Pair at(SellTerms terms, Price most, long budget, boolean byBlock) {
    return new Pair(terms, new BuyTerms(most, budget), 16 * BLOCK, byBlock);
  }

  /** The same with the hashes of blocks. */
  static Pair byBlock(Price most, long budget) {
    return new Pair(SellTerms.of(ALIAS, FLOOR), new BuyTerms(most, budget), 16 * BLOCK, true);
  }

  Scene scene(List<MarketEvent> told) {
    return new Scene(
        hub,
        bars,
        debts,
        () -> now,
        () -> UNIX + now / SECOND,
        new Chance(),
        new Traffic(),
        told::add);
  }

  static PayKey key(int secret) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) secret;
    return PayKey.of(bytes).orElseThrow();
  }

  static Hash channel(int number) {
    return Keccak.of(new byte[] {(byte) number});
  }

  long now() {
    return now;
  }

  void after(long nanos, Runnable task) {
    events.add(new Event(now + nanos, number++, task));
  }

  void run(long nanos) {
    long end = now + nanos;
    while (!events.isEmpty() && events.element().atNanos() <= end) {
      Event event = events.remove();
      now = event.atNanos();
      event.task().run();
    }
    now = end;
  }

  private void beat() {
    if (!buys.isBusy() && verifies) {
      remains.good((int) (receivedBytes / pieceBytes)); // others have the rest of it
    }
    buyerOfSeller.tick(now);
    sellerOfBuyer.tick(now);
    pump();
    after(Market.BEAT_NANOS, this::beat);
  }

  /** Sells the slot, as the choker would each ten seconds and when somebody new bids. */
  private void round() {
    boolean early = sells.isNew(now);
    if (early || now % (10 * SECOND) == 0) {
      Optional<Sale> sale =
          sells.offer(1, 0, now).map(o -> new Sale(1, price(o.most()), Sale.WHOLE));
      sale.ifPresentOrElse(s -> sells.award(s, now), () -> sells.lose(now));
      choked = choked && !sells.isAwarded();
    }
    pump();
    after(SECOND, this::round);
  }

  /** What is paid for the slot. */
  private static Price price(Price most) {
    return most;
  }

  /** Sends blocks while the credit and the line allow. */
  void pump() {
    while (!choked && wants && !silent && sentBytes + BLOCK <= limitBytes && lineFreeNanos <= now) {
      sentBytes += BLOCK;
      lineFreeNanos = now + BLOCK * SECOND / bytesPerSecond;
      paidForBytes += sells.isAwarded() ? BLOCK : 0;
      sells.onSent(BLOCK, now);
      owed();
      after(lineFreeNanos - now + latencyNanos, this::arrive);
      after(lineFreeNanos - now, this::pump);
    }
  }

  private void owed() {
    mostOwedMicros =
        Math.max(mostOwedMicros, shop.terms().floor().due(paidForBytes) - till.earned());
  }

  private void arrive() {
    int piece = (int) (receivedBytes / pieceBytes);
    receivedBytes += BLOCK;
    boolean good = receivedBytes / BLOCK <= badFromBlock;
    buys.onBlock(piece, BLOCK, true, now);
    if (byBlock && verifies) {
      after(40 * MILLI, () -> buys.onChecked(piece, BLOCK, good, now));
    }
    if (receivedBytes % pieceBytes == 0 && verifies) {
      after(2 * MILLI, () -> verified(piece, good && piece < badFrom));
    }
  }

  private void verified(int piece, boolean good) {
    if (good) {
      remains.good(piece);
    }
    buys.onPiece(piece, good, now);
  }

  void toSeller(PayMessage message) {
    after(latencyNanos, () -> hear(buyerOfSeller, message));
  }

  void toBuyer(PayMessage message) {
    long waits = Math.max(0, lineFreeNanos - now);
    after(waits + latencyNanos, () -> hear(sellerOfBuyer, message));
  }

  private void hear(Neighbour neighbour, PayMessage message) {
    byte[] bytes = PayCodec.encode(message);
    extensionBytes += bytes.length + 6;
    neighbour.onMessage(ByteBuffer.wrap(bytes), now);
    pump();
  }

  /** One end of the line. */
  final class End implements Line {
    final List<PayMessage> said = new ArrayList<>();

    @Override
    public void say(PayMessage message) {
      said.add(message);
      if (this == sellerEnd) {
        toBuyer.apply(message).forEach(Pair.this::toBuyer);
      } else {
        toSeller.apply(message).forEach(Pair.this::toSeller);
      }
    }

    @Override
    public void tell(PayOffer offer) {
      buys.onOffer(offer);
    }

    @Override
    public long sentBytes() {
      return sentBytes;
    }

    @Override
    public long leavingBytes() {
      return 0;
    }

    @Override
    public void limit(long bytes) {
      limitBytes = bytes;
    }

    @Override
    public boolean isChoked() {
      return choked;
    }

    @Override
    public void choke() {
      choked = true;
    }

    @Override
    public boolean wants() {
      return wants;
    }

    @Override
    public String name() {
      return this == sellerEnd ? "buyer" : "seller";
    }
  }

  static final class Chance implements Entropy {
    private final SplittableRandom random = new SplittableRandom(5);

    @Override
    public long nextLong() {
      return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public void fill(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
