package sluice.market.trade;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.market.auction.Offer;
import sluice.market.auction.Sale;
import sluice.market.credit.CreditWindow;
import sluice.market.money.Price;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.End;
import sluice.market.wire.PayMessage.FaultCode;

/**
 * The payee of one neighbour: takes its bid, sells it a slot, and sends it no more than what is
 * paid and one window. Loop only.
 *
 * <p>None, awarded, (verifying) serving, none. Between the award and the acknowledgement of a
 * channel nothing is sent; what is sent behind the acknowledgement is charged.
 */
final class SellSide implements Cashier.Listener {
  static final int LEASE_SECONDS = 15;
  static final int GRACE_MILLIS = 5_000;
  static final long SECOND_NANOS = 1_000_000_000L;
  static final long OPEN_NANOS = 5 * SECOND_NANOS;
  static final long GRACE_NANOS = 5 * SECOND_NANOS;
  static final long LATE_NANOS = 30 * SECOND_NANOS;

  private static final int BIDS_PER_SECOND = 2;
  private static final int FAULTS_PER_SECOND = 2;
  private static final long BLOCK = CreditWindow.BLOCK_BYTES;

  private final Scene scene;
  private final Shop shop;
  private final Till till;
  private final Line line;
  private final Trust trust;
  private final Pacer bids = new Pacer(BIDS_PER_SECOND);
  private final Pacer vouchers = new Pacer(Cashier.VOUCHERS_PER_SECOND);
  private final Pacer faults = new Pacer(FAULTS_PER_SECOND);

  private final StandingBid bid = new StandingBid();
  private OptionalLong award = OptionalLong.empty();
  private Price price = Price.FREE;
  private long awardNanos;
  private long leaseEndNanos;
  private long sentBefore;
  private PayMessage.@Nullable Open opening;
  private boolean admitted;
  private long taken;
  private @Nullable Cashier cashier;
  private final Reminder reminder = new Reminder();
  private OptionalLong lateEndNanos = OptionalLong.empty();
  private boolean closed;

  SellSide(Scene scene, Shop shop, Line line, long group) {
    this.scene = scene;
    this.shop = shop;
    this.till = shop.till();
    this.line = line;
    trust = new Trust(scene, group, shop.terms().windowBytes());
  }

  private @Nullable Account account() {
    return cashier == null ? null : cashier.account();
  }

  private boolean isChecking() {
    return cashier != null && cashier.isChecking();
  }

  /** Whether a slot is sold to it. */
  boolean isAwarded() {
    return award.isPresent();
  }

  /** Whether it bids, may buy, and has been in no round. */
  boolean isNew(long now) {
    return bid.isFresh() && bid.at(now).filter(offered -> mayBuy(offered, now)).isPresent();
  }

  private boolean mayBuy(PayMessage.Bid offered, long now) {
    return shop.takes(offered.most()) && trust.mayBuy(now) && lateEndNanos.isEmpty();
  }

  void onBid(PayMessage.Bid offered, long now) {
    if (!bids.allows(now)) {
      fault(FaultCode.RATE_LIMITED, "bids", now);
    } else if (!offered.hub().equals(scene.hub().hub())
        || !offered.asset().equals(scene.hub().asset())) {
      fault(FaultCode.UNKNOWN_HUB_OR_ASSET, offered.asset(), now);
    } else if (bid.take(offered, now)) {
      scene.events().accept(new MarketEvent.Offered(line.name(), offered.most()));
      if (offered.most().equals(Price.FREE)) {
        end(End.NORMAL, now);
      }
    }
  }

  /** What it offers in an auction; empty if it may not buy. */
  Optional<Offer> offer(int key, long waitedNanos, long now) {
    long held = isAwarded() ? now - awardNanos : -1;
    return bid.at(now)
        .filter(offered -> mayBuy(offered, now))
        .map(offered ->
            new Offer(
                key,
                offered.most(),
                offered.microsPerSecond(),
                key,
                trust.group(),
                waitedNanos,
                held));
  }

  /** A slot is sold to it, or sold again. */
  void award(Sale sale, long now) {
    Optional<PayMessage.Bid> offered = bid.at(now);
    if (offered.isEmpty()) {
      return;
    }
    boolean begins = !isAwarded();
    if (begins) {
      trust.begin(now);
    }
    bid.used();
    price = sale.price();
    leaseEndNanos = now + LEASE_SECONDS * SECOND_NANOS;
    award = OptionalLong.of(nextAward());
    line.say(
        new PayMessage.Award(
            offered.get().number(),
            award.getAsLong(),
            price,
            LEASE_SECONDS,
            trust.window().bytes(),
            shop.terms().alias(),
            scene.hub().hub(),
            shop.terms().policy().code(),
            Optional.empty()));
    if (begins) {
      awardNanos = now;
      line.limit(line.sentBytes());
      scene.events().accept(new MarketEvent.Sold(line.name(), price));
    } else if (cashier != null) {
      cashier.account().price(price);
      limit();
    }
  }

  private long nextAward() {
    return award.isPresent()
        ? award.getAsLong() + 1
        : Integer.toUnsignedLong((int) scene.entropy().nextLong());
  }

  /** No slot is sold to it in this round. */
  void lose(long now) {
    bid.used();
    if (award.isPresent()) {
      line.say(new PayMessage.Done(award.getAsLong(), End.OUTBID));
      finish(End.OUTBID, now);
    }
  }

  void onOpen(PayMessage.Open open, long now) {
    Account serving = account();
    if (!isAwarded() || opening != null) {
      return;
    }
    Optional<FaultCode> fault = shop.terms().refuse(open.cert(), scene);
    boolean other =
        serving != null
            && (!serving.cert().channel().equals(open.cert().channel())
                || serving.cert().deposit() > open.cert().deposit());
    if (fault.isPresent()) {
      fault(fault.get(), "channel " + open.cert().channel(), now);
      if (serving == null) {
        end(End.PRICE, now);
      }
    } else if (!other) {
      opening = open;
      till.admit(open.cert(), open.signature(), before -> admitted(open, before));
    }
  }

  private void admitted(PayMessage.Open open, long before) {
    if (closed || !open.equals(opening)) {
      return;
    }
    long now = scene.now();
    Account serving = account();
    if (before < 0 || open.cert().deposit() - before < price.due(BLOCK)) {
      FaultCode code = before < 0 ? FaultCode.BAD_CERTIFICATE : FaultCode.EXCEEDS_DEPOSIT;
      fault(code, "channel " + open.cert().channel(), now);
      opening = null;
      if (serving == null) {
        end(End.PRICE, now);
      }
    } else if (serving != null) {
      serving.cert(open.cert());
      opening = null;
      acknowledge(serving);
      limit();
    } else {
      admitted = true;
      taken = before;
      serve(now);
    }
  }

  /** Begins to serve once nothing leaves that was asked for before. */
  private void serve(long now) {
    PayMessage.Open open = opening;
    if (open == null || !admitted || line.leavingBytes() > 0) {
      return;
    }
    opening = null;
    admitted = false;
    Account begun = new Account(open.cert(), price, taken, trust.window());
    cashier = new Cashier(till, begun, vouchers, scene::now, this);
    trust.open(begun);
    reminder.begin(now);
    sentBefore = scene.traffic().bytes();
    acknowledge(begun);
    limit();
  }

  private void acknowledge(Account of) {
    line.say(new PayMessage.Ack(of.cert().channel(), of.paidMicros(), trust.window().bytes()));
  }

  private void limit() {
    Account of = account();
    if (of != null) {
      line.limit(line.sentBytes() + trust.roomBytes(of, scene.now()));
    }
  }

  /** Blocks have left for the neighbour. */
  void onSent(long bytes, long now) {
    Account of = account();
    if (of != null && isAwarded()) {
      of.charge(bytes);
      reminder.sent(now);
    }
  }

  void onVoucher(PayMessage.Pay pay, long now) {
    Cashier at = cashier;
    if (at == null || !at.account().cert().channel().equals(pay.voucher().channel())) {
      return;
    }
    at.offer(pay).ifPresent(code -> fault(code, "voucher " + pay.voucher().cumulative(), now));
  }

  @Override
  public void onTaken(Account of, long more) {
    scene.events().accept(new MarketEvent.Earned(line.name(), more, of.paidMicros()));
    if (cashier != null && of == cashier.account() && !closed) {
      reminder.quiet();
      acknowledge(of);
      if (isAwarded()) {
        limit();
      } else if (of.unpaidMicros() == 0) {
        settle();
      }
    }
  }

  @Override
  public void onForged(Account of, long cumulativeMicros) {
    fault(FaultCode.BAD_SIGNATURE, "voucher " + cumulativeMicros, scene.now());
  }

  /** A second, or less, has passed. */
  void tick(long now) {
    if (cashier != null) {
      cashier.tick();
    }
    if (lateEndNanos.isPresent() && now - lateEndNanos.getAsLong() >= 0) {
      trust.broken(now);
      settle();
      return;
    }
    if (!isAwarded()) {
      return;
    }
    Account of = account();
    if (of == null) {
      serve(now);
      if (cashier == null && now - awardNanos >= OPEN_NANOS) {
        end(End.TIMEOUT, now);
      }
    } else if (line.isChoked() || now >= leaseEndNanos) {
      end(End.NORMAL, now);
    } else {
      tighten(of, now);
      ask(of, now);
    }
  }

  /** What others of its network do and owe counts for it, too, and what it owes is rounded. */
  private void tighten(Account of, long now) {
    if (trust.isTightened(now)) {
      acknowledge(of);
    }
    limit();
  }

  /** Asks for money that is late, and gives up when it does not come. */
  private void ask(Account of, long now) {
    switch (reminder.look(of, trust.window().isStrict(), isChecking(), now)) {
      case NOTHING -> {}
      case ASK ->
          line.say(
              new PayMessage.Need(
                  of.cert().channel(), of.dueMicros(), of.unpaidBytes(), GRACE_MILLIS));
      case GIVE_UP -> {
        trust.broken(now);
        end(End.TIMEOUT, now);
      }
    }
  }

  /** Whether the neighbour is served, or owes. */
  boolean isBusy() {
    return isAwarded() || cashier != null;
  }

  void onDone(PayMessage.Done done, long now) {
    if (award.isPresent() && award.getAsLong() == done.award()) {
      finish(done.reason(), now);
      line.choke();
    }
  }

  /** Ends the award before the round is over; the slot is for others. */
  private void end(End reason, long now) {
    if (award.isPresent()) {
      line.say(new PayMessage.Done(award.getAsLong(), reason));
      finish(reason, now);
      line.choke();
    }
  }

  /** The award is over; vouchers for it are taken for a while. */
  private void finish(End reason, long now) {
    Account of = account();
    long unpaid = of == null ? 0 : of.unpaidMicros();
    if (of != null) {
      long all = scene.traffic().bytes() - sentBefore;
      scene.events().accept(new MarketEvent.Served(line.name(), of.bytes(), all));
    }
    scene.events().accept(new MarketEvent.Ended(line.name(), true, reason, unpaid));
    award = OptionalLong.empty();
    opening = null;
    admitted = false;
    reminder.quiet();
    line.limit(Long.MAX_VALUE);
    if (of != null && unpaid > 0) {
      lateEndNanos = OptionalLong.of(now + LATE_NANOS);
    } else {
      settle();
    }
  }

  private void settle() {
    Account of = account();
    if (cashier != null) {
      cashier.close();
    }
    cashier = null;
    lateEndNanos = OptionalLong.empty();
    if (of != null) {
      trust.close(of, scene.now());
      if (of.unpaidMicros() > 0) {
        scene.events().accept(new MarketEvent.Lost(line.name(), of.unpaidMicros()));
      }
      till.settle(of.cert().channel());
    }
  }

  /** The connection has ended. */
  void close(long now) {
    if (isAwarded()) {
      finish(End.NORMAL, now);
    }
    settle();
    closed = true;
  }

  private void fault(FaultCode code, String text, long now) {
    scene.events().accept(new MarketEvent.Refused(line.name(), code + " " + text));
    if (faults.allows(now)) {
      line.say(new PayMessage.Fault(code, text));
    }
  }
}
