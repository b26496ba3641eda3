package sluice.market.trade;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.market.bid.Bidder;
import sluice.market.money.Price;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.End;
import sluice.market.wire.PayMessage.FaultCode;
import sluice.market.wire.PayOffer;
import sluice.protocol.digest.Hash;

/**
 * The payer of one neighbour: bids while it wants something, and pays for the blocks that come once
 * a slot is sold to it. Loop only.
 *
 * <p>Idle, bidding, awarded, opening, paying, ending, idle. An unchoke without an award is free.
 */
final class BuySide {
  static final long SECOND_NANOS = 1_000_000_000L;
  static final int BID_SECONDS = 60;
  static final long ROUND_NANOS = 12 * SECOND_NANOS;
  static final long IDLE_NANOS = SECOND_NANOS / 4;
  static final long LATE_NANOS = 30 * SECOND_NANOS;
  static final long SLACK_NANOS = 5 * SECOND_NANOS;

  /** A seller that disappointed is left alone for so long. */
  static final long PAUSE_NANOS = 60 * SECOND_NANOS;

  private static final long FOREVER_NANOS = Long.MAX_VALUE / 4;

  private final Scene scene;
  private final Purse purse;
  private final Wallet wallet;
  private final Line line;
  private final Bidder bidder;
  private final Goods goods;

  private Optional<PayOffer> offer = Optional.empty();
  private long bidNumber;
  private Price most = Price.FREE;
  private Price mostBefore = Price.FREE;
  private long bidNanos;
  private long pauseEndNanos;

  private OptionalLong award = OptionalLong.empty();
  private Price price = Price.FREE;
  private long leaseEndNanos;
  private @Nullable Payments payments;
  private Delivery delivery = new Delivery(0);
  private boolean closed;

  BuySide(Scene scene, Purse purse, Wallet wallet, Line line, Bidder bidder, Goods goods) {
    this.scene = scene;
    this.purse = purse;
    this.wallet = wallet;
    this.line = line;
    this.bidder = bidder;
    this.goods = goods;
    pauseEndNanos = scene.now();
  }

  /** What the neighbour told of itself. */
  void onOffer(PayOffer told) {
    offer = Optional.of(told);
  }

  private boolean isSuitable() {
    return offer
        .filter(o -> o.sells() && o.hubs().contains(scene.hub().hub()))
        .filter(o -> o.assets().contains(scene.hub().asset()))
        .isPresent();
  }

  /** Whether something is bought of the neighbour, or to be paid. */
  boolean isBusy() {
    return payments != null;
  }

  /** Whether the neighbour is to be asked for whole pieces: it is paid for them. */
  boolean isPaying() {
    return award.isPresent() && payments != null && payments.isOpen();
  }

  void tick(long now) {
    Payments paying = payments;
    if (paying != null) {
      paying.tick(now);
      if (award.isEmpty() && paying.isOver(now)) {
        drop();
      }
    }
    if (award.isPresent()) {
      watch(now);
    } else if (payments == null && isSuitable()) {
      bid(now);
    }
  }

  private void watch(long now) {
    if (!line.wants()) {
      end(End.NORMAL, now);
    } else if (now - leaseEndNanos >= SLACK_NANOS) {
      end(End.TIMEOUT, now);
    } else if (delivery.isShort(now)) {
      pauseEndNanos = now + PAUSE_NANOS;
      end(End.TIMEOUT, now);
    } else if (payments != null && payments.isBroke()) {
      pauseEndNanos = now + PAUSE_NANOS;
      end(End.BUDGET, now);
    }
  }

  /** Bids, if it is time. */
  private void bid(long now) {
    boolean open = !most.equals(Price.FREE);
    if (!line.wants()
        || now - pauseEndNanos < 0
        || wallet.freeMicros() <= 0
        || !mayBuy(false, now)) {
      if (open) {
        say(Price.FREE, now);
      }
      return;
    }
    if (open && now - bidNanos < ROUND_NANOS) {
      return;
    }
    if (open) {
      bidder.lost();
    }
    Price next = bidder.bid(offer.flatMap(PayOffer::floor).orElse(Price.FREE));
    if (!next.equals(Price.FREE) || open) {
      say(next, now);
    }
  }

  /** {@code before}: each block is to be paid before it is sent. */
  private boolean mayBuy(boolean before, long now) {
    return goods.mayBuy(before ? 0 : offer.map(PayOffer::windowBytes).orElse(0L), now);
  }

  private void say(Price next, long now) {
    mostBefore = most;
    most = next;
    bidNanos = now;
    bidNumber++;
    line.say(
        new PayMessage.Bid(
            bidNumber, next, 0, BID_SECONDS, scene.hub().asset(), scene.hub().hub()));
    scene.events().accept(new MarketEvent.Bid(line.name(), next));
  }

  void onAward(PayMessage.Award told, long now) {
    boolean known = told.bid() == bidNumber || told.bid() == bidNumber - 1;
    Price bound = told.bid() == bidNumber ? most : mostBefore;
    Payments paying = payments;
    if (!known || bound.equals(Price.FREE) || (award.isEmpty() && paying != null)) {
      line.say(new PayMessage.Done(told.award(), End.NORMAL));
    } else if (told.price().compareTo(bound) > 0) {
      refuse(told, FaultCode.PRICE_ABOVE_BID, End.PRICE, now);
    } else if (!told.hub().equals(scene.hub().hub())
        || (paying != null && !paying.payee().equals(told.payee()))) {
      refuse(told, FaultCode.UNKNOWN_HUB_OR_ASSET, End.PRICE, now);
    } else if (award.isEmpty() && !mayBuy(told.windowBytes() == 0, now)) {
      // All that may be paid unseen is needed, and some of it was paid before.
      line.say(new PayMessage.Done(told.award(), End.NORMAL));
      pauseEndNanos = now + PAUSE_NANOS;
    } else {
      boolean begins = award.isEmpty();
      award = OptionalLong.of(told.award());
      price = told.price();
      leaseEndNanos = now + told.leaseSeconds() * SECOND_NANOS;
      bidder.won(price);
      if (begins) {
        scene.events().accept(new MarketEvent.Bought(line.name(), price));
        delivery = new Delivery(now);
        payments = new Payments(scene, purse, wallet, line, told, goods);
        payments.open();
      } else if (paying != null) {
        paying.renewed(told);
        keepBid(now);
      }
    }
  }

  /** A bid counts for a while only: it is said again in time. */
  private void keepBid(long now) {
    if (now - bidNanos >= BID_SECONDS * SECOND_NANOS / 2) {
      Price next = bidder.bid(offer.flatMap(PayOffer::floor).orElse(Price.FREE));
      say(next, now);
    }
  }

  private void refuse(PayMessage.Award told, FaultCode code, End reason, long now) {
    scene.events().accept(new MarketEvent.Refused(line.name(), code + " " + told.price()));
    line.say(new PayMessage.Fault(code, "award " + told.award()));
    line.say(new PayMessage.Done(told.award(), reason));
    pauseEndNanos = now + PAUSE_NANOS;
    if (award.isPresent()) {
      finish(reason, now);
    }
  }

  void onAck(PayMessage.Ack ack, long now) {
    if (payments != null) {
      payments.onAck(ack, now);
    }
  }

  void onNeed(PayMessage.Need need, long now) {
    if (payments != null) {
      payments.onNeed(need.channel(), now);
    }
  }

  /** The neighbour refused something of ours. */
  void onFault(PayMessage.Fault fault, long now) {
    scene.events().accept(new MarketEvent.Refused(line.name(), "told " + fault.code()));
    boolean harmless =
        fault.code() == FaultCode.NOT_INCREASING || fault.code() == FaultCode.RATE_LIMITED;
    if (award.isPresent() && !harmless) {
      pauseEndNanos = now + PAUSE_NANOS;
      end(End.NORMAL, now);
    }
  }

  void onDone(PayMessage.Done done, long now) {
    if (award.isPresent() && award.getAsLong() == done.award()) {
      if (done.reason() == End.OUTBID) {
        bidder.lost();
      }
      finish(done.reason(), now);
    }
  }

  /** A block came. */
  void onBlock(int piece, long bytes, boolean asked, long now) {
    Payments paying = payments;
    if (paying != null && award.isPresent() && asked) {
      delivery.add(bytes);
      paying.received(piece, bytes, now);
    }
  }

  /** A block was verified before its piece. */
  void onChecked(int piece, long bytes, boolean good, long now) {
    Payments paying = payments;
    if (paying != null && good) {
      paying.right(piece, bytes, now);
    } else {
      onPiece(piece, good, now);
    }
  }

  /** A piece was verified. */
  void onPiece(int piece, boolean good, long now) {
    Payments paying = payments;
    if (paying == null) {
      return;
    }
    if (good) {
      paying.good(piece, now);
    } else if (paying.has(piece)) {
      paying.stop();
      pauseEndNanos = now + PAUSE_NANOS;
      end(End.BAD_DATA, now);
      drop();
    }
  }

  private void end(End reason, long now) {
    if (award.isPresent()) {
      Payments paying = payments;
      if (paying != null && reason != End.BAD_DATA) {
        paying.finish(now);
      }
      line.say(new PayMessage.Done(award.getAsLong(), reason));
      finish(reason, now);
    }
  }

  private void finish(End reason, long now) {
    award = OptionalLong.empty();
    most = Price.FREE;
    mostBefore = Price.FREE;
    Payments paying = payments;
    long unpaid = 0;
    if (paying != null) {
      paying.finish(now);
      unpaid = paying.unpaidMicros();
      if (paying.isOver(now)) {
        drop();
      }
    }
    scene.events().accept(new MarketEvent.Ended(line.name(), false, reason, unpaid));
  }

  private void drop() {
    Payments paying = payments;
    payments = null;
    if (paying != null) {
      paying.close();
    }
  }

  /** Buys nothing more; what is owed is paid. */
  void leave(long now) {
    pauseEndNanos = now + FOREVER_NANOS;
    end(End.NORMAL, now);
  }

  /** The connection has ended. */
  void close(long now) {
    if (!closed) {
      closed = true;
      Payments paying = payments;
      if (award.isPresent() && paying != null) {
        long unpaid = paying.unpaidMicros();
        scene.events().accept(new MarketEvent.Ended(line.name(), false, End.NORMAL, unpaid));
      }
      award = OptionalLong.empty();
      drop();
    }
  }

  /** The channel in use. */
  Optional<Hash> channel() {
    return payments == null ? Optional.empty() : payments.channel();
  }
}
