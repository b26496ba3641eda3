package sluice.ledger.gateway;

import java.util.List;
import java.util.Optional;
import sluice.ledger.hub.Cashier;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;

/**
 * Carries money between a hub and a chain, a step at a time. Whatever fails is tried again by the
 * next step; a chain that contradicts what was read of it stops the gateway until its operator has
 * looked. One thread.
 */
public final class Gateway {
  /** How long after a transaction's end a final block must be for it to be lost. */
  static final long LOST_SECONDS = 60;

  /** How far the clock of the chain may be off before nothing is signed. */
  static final long CLOCK_SECONDS = 30;

  private static final int BLOCKS_AT_ONCE = 100;

  private final Hub hub;
  private final ChainGateway chain;

  /** A gateway between {@code hub} and {@code chain}. */
  public Gateway(Hub hub, ChainGateway chain) {
    this.hub = hub;
    this.chain = chain;
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
    ChainBlock block =
        chain.finalBlock(height).orElseThrow(() -> new ChainException("no block " + height));
    Cursor cursor = hub.settle(cashier -> Cursor.begin(cashier.books(), genesis, block));
    if (!cursor.genesis().equals(genesis)) {
      throw new IllegalStateException(
          "the ledger is on the chain " + cursor.genesis() + ", the node on " + genesis);
    }
  }

  /** Reads blocks, and pays what can be paid. */
  public Step step() throws ChainException {
    int blocks = 0;
    while (blocks < BLOCKS_AT_ONCE) {
      Cursor cursor = hub.look(Cursor::read);
      if (cursor.halted().isPresent()) {
        return new Step(blocks, false, cursor.halted());
      }
      Optional<ChainBlock> block = chain.finalBlock(cursor.height() + 1);
      if (block.isEmpty()) {
        pay(cursor);
        return new Step(blocks, false, Optional.empty());
      }
      hub.settle(cashier -> take(cashier, cursor, block.get()));
      blocks++;
    }
    return new Step(blocks, true, Optional.empty());
  }

  private boolean take(Cashier cashier, Cursor read, ChainBlock block) {
    if (Cursor.read(cashier.books().handle()).height() != read.height()) {
      return false; // another hub was faster
    }
    if (!block.parent().hex().equals(read.block()) || block.height() != read.height() + 1) {
      Cursor.halt(
          cashier.books(),
          "block " + block.height() + " does not follow " + read.height() + " " + read.block());
      return false;
    }
    for (ChainTransfer transfer : block.transfers()) {
      Optional<Withdrawal.State> pays = cashier.settled(transfer.txid(), transfer.succeeded());
      if (pays.filter(Withdrawal.State.RETURNED::equals).isPresent() && transfer.succeeded()) {
        Cursor.halt(cashier.books(), transfer.txid() + " was paid after it had been given up");
        return false;
      }
      if (pays.isEmpty() && transfer.succeeded() && isIncoming(transfer)) {
        cashier.arrived(transfer.from(), transfer.asset(), transfer.micros(), transfer.reference());
      }
    }
    cashier.expired(block.timeSeconds() - LOST_SECONDS);
    Cursor.move(cashier.books(), read, block);
    return true;
  }

  private boolean isIncoming(ChainTransfer transfer) {
    return chain.isOwn(transfer.to()) && !chain.isOwn(transfer.from());
  }

  /** Builds and sends, the oldest first, when all blocks are read. */
  private void pay(Cursor cursor) throws ChainException {
    List<Withdrawal> waiting = hub.underWay();
    for (Withdrawal withdrawal : waiting) {
      long now = hub.nowSeconds();
      Optional<Payment> payment = withdrawal.payment();
      if (payment.isEmpty()) {
        if (Math.abs(now - cursor.blockSeconds()) > CLOCK_SECONDS + LOST_SECONDS) {
          return; // the chain stands still or a clock is wrong: what expires could not be told
        }
        Payment built = chain.build(withdrawal, now);
        if (hub.settle(cashier -> cashier.built(withdrawal, built))) {
          send(withdrawal, built);
        }
      } else if (payment.get().expiresAt() > now) {
        send(withdrawal, payment.get());
      }
    }
  }

  private void send(Withdrawal withdrawal, Payment payment) throws ChainException {
    chain.send(payment);
    if (withdrawal.state() != Withdrawal.State.SENT) {
      hub.settle(cashier -> {
        cashier.sent(withdrawal);
        return true;
      });
    }
  }
}
