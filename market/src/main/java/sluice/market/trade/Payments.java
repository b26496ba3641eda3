package sluice.market.trade;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.market.credit.CreditWindow;
import sluice.market.money.Bill;
import sluice.market.money.Price;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayMessage;
import sluice.protocol.digest.Hash;

/**
 * What is paid for one award: the channel, the bill of what has come, and vouchers. Nothing is
 * promised beyond what is set aside of the budget, beyond the channel's deposit, or for more than
 * one piece, or block, that is not verified. Loop only.
 */
final class Payments {
  /** What a channel is opened for, at first. */
  static final long DEPOSIT_BYTES = 64 << 20;

  /** A channel with less than this is of no use. */
  private static final long LEAST_BYTES = CreditWindow.BLOCK_BYTES;

  private static final long BLOCK = CreditWindow.BLOCK_BYTES;

  /** A voucher that is not acknowledged for so long is said again: it came too fast. */
  private static final long REPEAT_NANOS = BuySide.SECOND_NANOS;

  private final Scene scene;
  private final Purse purse;
  private final Wallet wallet;
  private final Line line;
  private final PayAddress payee;
  private final Goods goods;
  private final Proof proof = new Proof();
  private final long mostBytes;
  private OptionalLong award;
  private Price price;
  private long windowBytes;

  private Purse.Opened.@Nullable Channel channel;
  private @Nullable Bill bill;

  /** What is set aside of the budget and not promised. */
  private long reservedMicros;

  private long baseMicros;
  private long promisedMicros;
  private long inFlightMicros;
  private final Pacer vouchers = new Pacer(Cashier.VOUCHERS_PER_SECOND);
  private PayMessage.@Nullable Pay last;
  private long lastNanos;
  private long ackedMicros;
  private boolean toppingUp;
  private boolean broke;
  private boolean stopped;
  private boolean closed;
  private long lastBlockNanos;
  private boolean finished;
  private long finishedNanos;

  Payments(Scene scene, Purse purse, Wallet wallet, Line line, PayMessage.Award told, Goods goods) {
    this.scene = scene;
    this.purse = purse;
    this.wallet = wallet;
    this.line = line;
    this.payee = told.payee();
    this.goods = goods;
    goods.begin();
    this.mostBytes = Math.min(DEPOSIT_BYTES, goods.bytes());
    this.award = OptionalLong.of(told.award());
    this.price = told.price();
    this.windowBytes = Math.min(told.windowBytes(), CreditWindow.MAX_BYTES);
  }

  /** Asks for a channel. */
  void open() {
    reservedMicros = wallet.reserve(Math.max(1, price.dueAtMost(mostBytes)));
    if (reservedMicros == 0) {
      broke = true;
      return;
    }
    long least = Math.min(reservedMicros, price.dueAtMost(LEAST_BYTES));
    purse.open(payee, least, reservedMicros, this::opened);
  }

  private void opened(Purse.Opened told) {
    switch (told) {
      case Purse.Opened.Refused(String reason) -> {
        broke = true;
        scene.events().accept(new MarketEvent.Refused(line.name(), reason));
      }
      case Purse.Opened.Channel found -> {
        if (closed || finished) {
          purse.release(found.cert().channel());
        } else {
          channel = found;
          promisedMicros = found.promisedMicros();
          baseMicros = promisedMicros;
          line.say(new PayMessage.Open(found.cert(), found.signature()));
        }
      }
    }
  }

  /** Whether blocks are charged. */
  boolean isOpen() {
    return bill != null && !finished;
  }

  PayAddress payee() {
    return payee;
  }

  Optional<Hash> channel() {
    return Optional.ofNullable(channel).map(c -> c.cert().channel());
  }

  /** The slot is sold for longer, perhaps at another price. */
  void renewed(PayMessage.Award told) {
    award = OptionalLong.of(told.award());
    price = told.price();
    if (bill != null) {
      bill.price(price);
    }
  }

  void onAck(PayMessage.Ack ack, long now) {
    if (!channel().equals(Optional.of(ack.channel()))) {
      return;
    }
    windowBytes = Math.min(ack.windowBytes(), CreditWindow.MAX_BYTES);
    ackedMicros = Math.max(ackedMicros, ack.cumulative());
    if (bill == null && !finished) {
      bill = new Bill(price);
      lastBlockNanos = now;
      pay(false);
    }
  }

  /** The payee asks for money: all that may be paid is paid. */
  void onNeed(Hash of, long now) {
    if (channel().equals(Optional.of(of))) {
      lastBlockNanos = Math.min(lastBlockNanos, now - BuySide.IDLE_NANOS);
      pay(true);
    }
  }

  void received(int piece, long bytes, long now) {
    Bill charged = bill;
    if (charged != null && !finished) {
      charged.add(bytes);
      proof.received(piece, bytes);
      lastBlockNanos = now;
      pay(false);
    }
  }

  void good(int piece, long now) {
    proof.good(piece);
    pay(finished || now - lastBlockNanos >= BuySide.IDLE_NANOS);
  }

  /** So much of the piece is right. */
  void right(int piece, long bytes, long now) {
    proof.right(piece, bytes);
    pay(finished || now - lastBlockNanos >= BuySide.IDLE_NANOS);
  }

  boolean has(int piece) {
    return proof.has(piece);
  }

  /** Pays nothing more, whatever comes. */
  void stop() {
    stopped = true;
  }

  /** The award is over: what came until here is paid. */
  void finish(long now) {
    if (!finished) {
      finished = true;
      finishedNanos = now;
      pay(true);
    }
  }

  void tick(long now) {
    repeat(now);
    if (bill != null && (finished || now - lastBlockNanos >= BuySide.IDLE_NANOS)) {
      pay(true);
    }
    grow();
  }

  private void repeat(long now) {
    PayMessage.Pay said = last;
    if (said != null
        && !stopped
        && ackedMicros < said.voucher().cumulative()
        && now - lastNanos >= REPEAT_NANOS) {
      lastNanos = now;
      line.say(said);
    }
  }

  /** Whether it has ended, and all is paid or too late. */
  boolean isOver(long now) {
    if (!finished) {
      return false;
    }
    boolean paid =
        inFlightMicros == 0
            && targetMicros() <= promisedMicros
            && Math.min(ackedMicros, promisedMicros) >= dueMicros();
    return bill == null || stopped || broke || paid || now - finishedNanos >= BuySide.LATE_NANOS;
  }

  /** Whether no more can be paid. */
  boolean isBroke() {
    boolean spent =
        channel != null
            && bill != null
            && mostMicros() < dueMicrosAfter(LEAST_BYTES)
            && wallet.freeMicros() < price.dueAtMost(LEAST_BYTES);
    return broke || (spent && !toppingUp);
  }

  /** What is owed and not promised. */
  long unpaidMicros() {
    return Math.max(0, dueMicros() - promisedMicros);
  }

  /** The same in bytes at the price in force; a promise that is being signed is one. */
  private long unpaidBytes() {
    long micros = Math.max(0, unpaidMicros() - inFlightMicros);
    return Search.last(bill == null ? 0 : bill.bytes(), bytes -> price.dueAtMost(bytes) <= micros);
  }

  private long dueMicros() {
    return dueMicrosAfter(0);
  }

  /** What would be owed after {@code more} bytes: what all cost, as parts are rounded down. */
  private long dueMicrosAfter(long more) {
    try {
      return bill == null ? baseMicros : Math.addExact(baseMicros, bill.dueMicrosAfter(more));
    } catch (ArithmeticException tooMuch) {
      return Long.MAX_VALUE;
    }
  }

  /** What is to be promised: without what is not verified, and a block before where that is due. */
  private long targetMicros() {
    long before = windowBytes == 0 && !finished && bill != null ? LEAST_BYTES : 0;
    long held = proof.heldBytes(before, goods.allowedBytes(scene.now()));
    long due = dueMicrosAfter(before);
    return Math.max(baseMicros, due - (held == 0 ? 0 : price.dueAtMost(held) + 1));
  }

  /** The most that can be promised. */
  private long mostMicros() {
    Purse.Opened.Channel open = channel;
    long covered = promisedMicros + inFlightMicros + reservedMicros;
    return open == null ? 0 : Math.min(open.cert().deposit(), covered);
  }

  private void pay(boolean all) {
    Purse.Opened.Channel open = channel;
    if (open == null || bill == null || inFlightMicros > 0 || stopped || closed || broke) {
      return;
    }
    long target = Math.min(targetMicros(), mostMicros());
    long more = target - promisedMicros;
    boolean isDue = more > 0 && (all || more >= price.dueAtMost(windowBytes) / 2);
    if (!isDue || !vouchers.allows(scene.now())) {
      return;
    }
    inFlightMicros = more;
    reservedMicros -= more;
    Voucher voucher = new Voucher(open.cert().channel(), target);
    purse.promise(voucher.channel(), target, told -> promised(voucher, more, told));
  }

  private void promised(Voucher voucher, long more, Purse.Signed told) {
    inFlightMicros = 0;
    switch (told) {
      case Purse.Signed.Refused(String reason) -> {
        broke = true;
        wallet.release(more);
        scene.events().accept(new MarketEvent.Refused(line.name(), reason));
      }
      case Purse.Signed.Done(var signature) -> {
        promisedMicros = voucher.cumulative();
        wallet.spend(more);
        PayMessage.Pay pay = new PayMessage.Pay(voucher, signature, award);
        last = pay;
        lastNanos = scene.now();
        line.say(pay);
        scene.events().accept(new MarketEvent.Paid(line.name(), more, voucher.cumulative()));
        pay(finished);
      }
    }
  }

  /** Locks more in the channel before it is used up. */
  private void grow() {
    Purse.Opened.Channel open = channel;
    if (open == null || bill == null || toppingUp || broke || finished) {
      return;
    }
    long ahead = 2 * Math.max(1, price.dueAtMost(Math.max(windowBytes, BLOCK)));
    if (mostMicros() - dueMicros() >= ahead) {
      return;
    }
    long more = wallet.reserve(price.dueAtMost(mostBytes));
    if (more == 0) {
      return;
    }
    reservedMicros += more;
    long missing = promisedMicros + inFlightMicros + reservedMicros - open.cert().deposit();
    if (missing > 0) {
      toppingUp = true;
      purse.topUp(open.cert().channel(), missing, this::toppedUp);
    }
  }

  private void toppedUp(Purse.Opened told) {
    toppingUp = false;
    switch (told) {
      case Purse.Opened.Refused(String reason) -> {
        broke = true;
        scene.events().accept(new MarketEvent.Refused(line.name(), reason));
      }
      case Purse.Opened.Channel larger -> {
        if (!closed && !finished) {
          channel = larger;
          line.say(new PayMessage.Open(larger.cert(), larger.signature()));
        }
      }
    }
  }

  /** Gives back what is not promised. */
  void close() {
    if (!closed) {
      closed = true;
      goods.end(proof, unpaidBytes(), scene.now());
      wallet.release(reservedMicros);
      reservedMicros = 0;
      channel().ifPresent(purse::release);
    }
  }
}
