package sluice.ledger.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.hub.Cashier;
import sluice.ledger.hub.DepositAddresses;
import sluice.ledger.hub.Hub;
import sluice.ledger.store.Books;

/**
 * Compares what the books say that the hub has on the chain with what the chain says. While they
 * differ nothing is paid out. One thread.
 */
final class Reconciler {
  private final Hub hub;
  private final ChainGateway chain;

  Reconciler(Hub hub, ChainGateway chain) {
    this.hub = hub;
    this.chain = chain;
  }

  /** Looks at the chain, and compares if books and chain are at the same block. */
  ChainFunds look() throws ChainException {
    ChainFunds funds =
        chain.funds(hub.look(handle -> DepositAddresses.own(handle, chain.address(0))));
    return hub.settle(cashier -> {
      if (Cursor.read(cashier.books().handle()).height() == funds.height()) {
        Cursor.compared(cashier.books(), funds.height(), difference(cashier, funds));
      }
      return funds;
    });
  }

  private Optional<String> difference(Cashier cashier, ChainFunds funds) {
    Books books = cashier.books();
    Map<String, String> differences = new TreeMap<>();
    for (String asset : hub.assets()) {
      long booked = -books.balance(Account.hub(AccountKind.HOT, asset));
      long real = funds.micros().getOrDefault(asset, 0L);
      if (booked != real) {
        differences.put(asset, "the books have " + booked + ", the chain has " + real);
      }
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of("books and chain differ at block " + funds.height() + ": " + differences);
  }
}
