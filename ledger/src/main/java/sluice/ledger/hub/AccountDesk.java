package sluice.ledger.hub;

import java.util.List;
import sluice.ledger.store.Database;
import sluice.market.sign.PayAddress;

/** Accounts as a hub's operator sees them, without the hub's key. Any thread; calls block. */
public final class AccountDesk {
  private final Database database;

  /** The accounts in {@code database}. */
  public AccountDesk(Database database) {
    this.database = database;
  }

  /** Makes {@code member} one; it may be one. */
  public void open(PayAddress member, long nowSeconds) {
    database.write(
        nowSeconds,
        books -> {
          Members.register(books, member);
          return true;
        });
  }

  /** Whether it is a member. */
  public boolean isMember(PayAddress member) {
    return database.read(handle -> Members.exists(handle, member));
  }

  /** Assets that it has or had. */
  public List<String> assets(PayAddress member) {
    return database.read(handle ->
        handle
            .createQuery(
                "select distinct asset from account where owner = ? and kind = 'AVAILABLE'"
                    + " order by asset")
            .bind(0, member.hex())
            .mapTo(String.class)
            .list());
  }

  /** What it has. */
  public Balance balance(PayAddress member, String asset) {
    return database.read(handle -> Members.balance(handle, member, asset));
  }

  /** Its last postings, the latest first. */
  public List<HistoryLine> history(PayAddress member, String asset, int most) {
    return database.read(handle -> HistoryLine.of(handle, member, asset, Long.MAX_VALUE, most));
  }
}
