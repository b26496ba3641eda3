package sluice.ledger.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.ledger.hub.DepositAddresses;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * Builds and sends payments, the oldest first; what a limit stops keeps those behind it waiting.
 * One thread.
 */
final class Payer {
  /** How far the clock of the chain may be off before nothing is signed. */
  static final long CLOCK_SECONDS = 30;

  /** How long the same bytes are not sent again. */
  static final long AGAIN_SECONDS = 30;

  private static final long DAY_SECONDS = 86_400;

  private final Hub hub;
  private final ChainGateway chain;
  private final GatewayRules rules;
  private final Map<Hash, Long> sentAt = new HashMap<>();

  Payer(Hub hub, ChainGateway chain, GatewayRules rules) {
    this.hub = hub;
    this.chain = chain;
    this.rules = rules;
  }

  /** Why it stopped before the end of the queue; empty if it did not. */
  Optional<String> pay(List<Withdrawal> waiting, Cursor cursor, ChainFunds funds)
      throws ChainException {
    Map<String, Long> left = new HashMap<>(funds.payable());
    for (Withdrawal withdrawal : waiting) {
      if (withdrawal.payment().isPresent()) {
        left.merge(withdrawal.asset(), -withdrawal.micros(), Math::addExact);
      }
    }
    sentAt.keySet().retainAll(waiting.stream().map(Withdrawal::id).toList());
    for (Withdrawal withdrawal : waiting) {
      long now = hub.nowSeconds();
      Optional<Payment> built = withdrawal.payment();
      if (built.isEmpty()) {
        Optional<String> why = stops(withdrawal, cursor, now, left);
        if (why.isPresent()) {
          return why;
        }
        Payment payment = chain.build(withdrawal, now);
        if (!hub.settle(cashier -> cashier.built(withdrawal, payment))) {
          return Optional.empty(); // another hub was faster, and pays
        }
        left.merge(withdrawal.asset(), -withdrawal.micros(), Math::addExact);
        built = Optional.of(payment);
      }
      Optional<String> problem = send(withdrawal, built.get(), now);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> stops(
      Withdrawal withdrawal, Cursor cursor, long now, Map<String, Long> left)
      throws ChainException {
    if (Math.abs(now - cursor.blockSeconds()) > CLOCK_SECONDS + Gateway.LOST_SECONDS) {
      // What expires could not be told.
      return Optional.of("the chain stands still, or a clock is wrong: nothing is signed");
    } else if (withdrawal.micros() > rules.maxOnceMicros()) {
      return Optional.of("withdrawal " + withdrawal.id() + " is over the limit of one");
    } else if (left.getOrDefault(withdrawal.asset(), 0L) < withdrawal.micros()) {
      return Optional.of(
          "the address that pays out has not the "
              + withdrawal.micros()
              + " micro-units of the next withdrawal"
              + collect(withdrawal.asset()));
    }
    long paid = hub.builtSince(withdrawal.asset(), now - DAY_SECONDS);
    return rules.maxDayMicros() - paid < withdrawal.micros()
        ? Optional.of("the limit of a day is reached: " + paid + " micro-units were paid")
        : Optional.empty();
  }

  private String collect(String asset) throws ChainException {
    List<PayAddress> own = hub.look(h -> DepositAddresses.own(h, chain.address(0)));
    return chain.collect(own, asset).map(problem -> "; " + problem).orElse("");
  }

  private Optional<String> send(Withdrawal withdrawal, Payment payment, long now)
      throws ChainException {
    Long before = sentAt.get(withdrawal.id());
    boolean isOver = payment.expiresAt() <= now;
    if (isOver || (before != null && now - before < AGAIN_SECONDS)) {
      return Optional.empty();
    }
    Sending sending = chain.send(payment);
    sentAt.put(withdrawal.id(), now);
    if (withdrawal.state() != Withdrawal.State.SENT) {
      hub.settle(cashier -> {
        cashier.sent(withdrawal);
        return true;
      });
    }
    return sending.waits() ? Optional.of(sending.problem()) : Optional.empty();
  }
}
