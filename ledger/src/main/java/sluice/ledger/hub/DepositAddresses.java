package sluice.ledger.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import sluice.ledger.store.Books;
import sluice.market.sign.PayAddress;

/** The rows of addresses on the chain that stand for members. No state. */
public final class DepositAddresses {
  private DepositAddresses() {}

  /** Whose address this is. */
  static Optional<PayAddress> member(Handle handle, PayAddress address) {
    return handle
        .createQuery("select member from deposit_address where address = ?")
        .bind(0, address.hex())
        .mapTo(String.class)
        .findOne()
        .map(PayAddress::ofHex);
  }

  /** All addresses of the hub: the one that pays out, and those of members. */
  public static List<PayAddress> own(Handle handle, PayAddress wallet) {
    List<PayAddress> own = new ArrayList<>(List.of(wallet));
    handle
        .createQuery("select address from deposit_address order by number")
        .mapTo(String.class)
        .forEach(hex -> own.add(PayAddress.ofHex(hex)));
    return own;
  }

  /** The member's address; it gets the next number if it has none. */
  static PayAddress of(Books books, PayAddress member, IntFunction<PayAddress> numbered) {
    Optional<PayAddress> there =
        books
            .handle()
            .createQuery("select address from deposit_address where member = ?")
            .bind(0, member.hex())
            .mapTo(String.class)
            .findOne()
            .map(PayAddress::ofHex);
    return there.orElseGet(() -> {
      int number =
          books
              .handle()
              .createQuery("select coalesce(max(number), 0) + 1 from deposit_address")
              .mapTo(Integer.class)
              .one();
      PayAddress address = numbered.apply(number);
      books
          .handle()
          .execute(
              "insert into deposit_address values (?, ?, ?)", address.hex(), member.hex(), number);
      return address;
    });
  }
}
