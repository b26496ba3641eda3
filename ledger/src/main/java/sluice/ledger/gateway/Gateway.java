package sluice.ledger.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.ledger.hub.Cashier;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;

/**
 * Carries money between a hub and a chain, a step at a time. Whatever fails is tried again by the
 * next step; a chain that contradicts what was read of it stops the gateway until its operator has
 * looked ({@link Resumption}). Steps are of one thread; all else is of any.
 */
public final class Gateway {
  /** How long after a transaction's end a final block must be for it to be lost. */
  static final long LOST_SECONDS = 60;

  /** How old the newest final block may be before that is an alarm. */
  static final long STALLED_SECONDS = 180;

  /** How often books and chain are compared while nothing waits to be paid. */
  static final long LOOK_SECONDS = 60;

  private static final int BLOCKS_AT_ONCE = 100;

  private final Hub hub;
  private final ChainGateway chain;
  private final GatewayRules rules;
  private final Reconciler reconciler;
  private final Payer payer;
  private volatile Optional<ChainFunds> funds = Optional.empty();
  private long lookedAt;
  private volatile Optional<String> queueStops = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();

  /** A gateway between {@code hub} and {@code chain} without limits. */
  public Gateway(Hub hub, ChainGateway chain) {
    this(hub, chain, GatewayRules.OPEN);
  }

  /** A gateway between {@code hub} and {@code chain}. */
  public Gateway(Hub hub, ChainGateway chain, GatewayRules rules) {
    this.hub = hub;
    this.chain = chain;
    this.rules = rules;
    reconciler = new Reconciler(hub, chain);
    payer = new Payer(hub, chain, rules);
  }

  /**
   * What a step came to.
   *
   * @param blocks that were read
   * @param isBehind whether more blocks are there
   * @param halted why nothing is done; empty while all is well
   */
  public record Step(int blocks, boolean isBehind, Optional<String> halted) {}

  /** Starts at {@code height} if this hub has not been on a chain; refuses another chain. */
  public void begin(long height) throws ChainException {
    String genesis = chain.genesis().hex();
    List<ChainBlock> blocks = chain.finalBlocks(height, 1);
    Cursor cursor =
        hub.settle(cashier -> {
          if (blocks.isEmpty()) {
            return Cursor.read(cashier.books().handle());
          }
          return Cursor.begin(cashier.books(), genesis, blocks.getFirst());
        });
    if (!cursor.genesis().equals(genesis)) {
      throw new IllegalStateException(
          "the ledger is on the chain " + cursor.genesis() + ", the node on " + genesis);
    }
  }

  /** Reads blocks, and pays what can be paid. */
  public Step step() throws ChainException {
    try {
      Step step = work();
      trouble = step.halted();
      return step;
    } catch (ChainException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Step work() throws ChainException {
    Cursor cursor = hub.look(Cursor::read);
    if (cursor.halted().isPresent()) {
      return new Step(0, false, cursor.halted());
    }
    List<ChainBlock> blocks = chain.finalBlocks(cursor.height() + 1, BLOCKS_AT_ONCE);
    if (!blocks.isEmpty()) {
      int read = hub.settle(cashier -> take(cashier, cursor, blocks));
      return new Step(read, read > 0, hub.look(Cursor::read).halted());
    }
    pay();
    return new Step(0, false, Optional.empty());
  }

  private int take(Cashier cashier, Cursor read, List<ChainBlock> blocks) {
    if (Cursor.read(cashier.books().handle()).height() != read.height()) {
      return 0; // another hub was faster
    }
    Cursor last = read;
    int taken = 0;
    for (ChainBlock block : blocks) {
      if (!take(cashier, last, block)) {
        break;
      }
      taken++;
      last =
          new Cursor(
              read.genesis(),
              block.height(),
              block.id().hex(),
              block.timeSeconds(),
              Optional.empty(),
              read.held());
    }
    if (taken > 0) {
      Cursor.move(cashier.books(), read, blocks.get(taken - 1));
    }
    return taken;
  }

  private boolean take(Cashier cashier, Cursor before, ChainBlock block) {
    if (!block.parent().hex().equals(before.block()) || block.height() != before.height() + 1) {
      Cursor.halt(
          cashier.books(),
          "block " + block.height() + " does not follow " + before.height() + " " + before.block());
      return false;
    }
    PayAddress wallet = chain.address(0);
    for (ChainTransfer transfer : block.transfers()) {
      if (transfer.from().equals(wallet)) {
        Optional<Withdrawal.State> pays = cashier.settled(transfer.txid(), transfer.succeeded());
        if (pays.filter(Withdrawal.State.RETURNED::equals).isPresent()
            && transfer.succeeded()
            && !Resumption.passes(cashier.books().handle(), transfer.txid())) {
          Cursor.halt(
              cashier.books(),
              transfer.txid() + " was paid after it had been given up",
              transfer.txid());
          return false;
        }
      } else if (transfer.succeeded() && !cashier.isOwn(transfer.from(), wallet)) {
        cashier.arrived(
            transfer.from(),
            transfer.to(),
            wallet,
            transfer.asset(),
            transfer.micros(),
            transfer.reference());
      }
    }
    cashier.expired(block.timeSeconds() - LOST_SECONDS);
    return true;
  }

  /** Compares, then builds and sends, when all blocks are read. */
  private void pay() throws ChainException {
    List<Withdrawal> waiting = hub.underWay();
    long now = hub.nowSeconds();
    boolean pays = waiting.stream().anyMatch(w -> w.payment().isEmpty());
    if (pays || funds.isEmpty() || now - lookedAt >= LOOK_SECONDS) {
      funds = Optional.of(reconciler.look());
      lookedAt = now;
    }
    Cursor cursor = hub.look(Cursor::read);
    queueStops =
        cursor.held().isPresent() ? cursor.held() : payer.pay(waiting, cursor, funds.orElseThrow());
  }

  /** The address that pays out. */
  public PayAddress wallet() {
    return chain.address(0);
  }

  /** The member's own address on the chain, for coins from anywhere. */
  public Outcome<PayAddress> depositAddress(Desk desk, PayAddress member) {
    return desk.depositAddress(member, chain::address);
  }

  /** How the chain writes an address. */
  public String text(PayAddress address) {
    return chain.text(address);
  }

  /** How it is. */
  public GatewayStatus status() {
    Cursor cursor = hub.look(Cursor::read);
    List<String> alarms = new ArrayList<>();
    cursor.halted().ifPresent(why -> alarms.add("everything stands still: " + why));
    cursor.held().ifPresent(why -> alarms.add("nothing is paid out: " + why));
    trouble.filter(why -> cursor.halted().isEmpty()).ifPresent(alarms::add);
    long age = hub.nowSeconds() - cursor.blockSeconds();
    if (age > STALLED_SECONDS) {
      alarms.add("the newest final block is " + age + " seconds old");
    }
    queueStops
        .filter(why -> cursor.held().isEmpty())
        .ifPresent(why -> alarms.add("withdrawals wait: " + why));
    funds.ifPresent(seen -> {
      if (seen.payments() < rules.minPayments()) {
        alarms.add("fees are low, for " + seen.payments() + " payments: " + seen.fees());
      }
      if (seen.payable().values().stream().anyMatch(m -> m > rules.maxHotMicros())) {
        alarms.add("the address that pays out has more than it should");
      }
    });
    PayAddress wallet = chain.address(0);
    return new GatewayStatus(
        cursor.genesis(),
        cursor.height(),
        cursor.blockSeconds(),
        wallet,
        chain.text(wallet),
        hub.waiting(),
        funds,
        alarms);
  }
}
