package sluice.ledger.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Difference> differences = differences(cashier, funds);
        Difference.keep(cashier.books(), differences);
        Cursor.compared(cashier.books(), funds.height(), words(funds.height(), differences));
      }
      return funds;
    });
  }

  private List<Difference> differences(Cashier cashier, ChainFunds funds) {
    Books books = cashier.books();
    List<Difference> differences = new ArrayList<>();
    for (String asset : hub.assets()) {
      long booked = -books.balance(Account.hub(AccountKind.HOT, asset));
      long real = funds.micros().getOrDefault(asset, 0L);
      if (booked != real) {
        differences.add(new Difference(asset, funds.height(), booked, real));
      }
    }
    return differences;
  }

  private static Optional<String> words(long height, List<Difference> differences) {
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of("books and chain differ at block " + height + ": " + differences);
  }
}
