package sluice.ledger.hub;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** A hub: members, their money and their channels. Several may work on one PostgreSQL. */
public final class Hub {
  private static final int SWEPT_AT_ONCE = 100;
  private static final int MAX_LISTED = 1_000;

  private final Database database;
  private final HubConfig config;
  private final Domain domain;
  private final LongSupplier unixSeconds;
  private final LongSupplier expirySeconds;

  private Hub(
      Database database, HubConfig config, LongSupplier unixSeconds, LongSupplier expirySeconds) {
    this.database = database;
    this.config = config;
    this.domain = config.domain();
    this.unixSeconds = unixSeconds;
    this.expirySeconds = expirySeconds;
  }

  /**
   * A hub on a database.
   *
   * @param unixSeconds the time, which is taken for right
   */
  public Hub(Database database, HubConfig config, LongSupplier unixSeconds) {
    this(database, config, unixSeconds, unixSeconds);
  }

  /**
   * A hub whose clock may be set wrong: channels end no faster than twice the time that passes.
   *
   * @param unixSeconds the time
   * @param nanos time that passes evenly, like that of {@link System#nanoTime}
   */
  public static Hub careful(
      Database database, HubConfig config, LongSupplier unixSeconds, LongSupplier nanos) {
    ExpiryClock clock = new ExpiryClock(unixSeconds, nanos, database.read(ExpiryClock::seen));
    return new Hub(database, config, unixSeconds, clock);
  }

  /** Where its signatures count. */
  public Domain domain() {
    return domain;
  }

  /** Who signs its certificates. */
  public PayAddress address() {
    return config.key().address();
  }

  /** Signs for the hub. */
  public PaySignature sign(Hash digest) {
    return config.key().sign(digest);
  }

  /** What a member has; zeroes for who is none. */
  public Balance balance(PayAddress member, String asset) {
    return database.read(handle -> Members.balance(handle, member, asset));
  }

  /** A channel. */
  public Optional<Channel> channel(Hash id) {
    return database.read(handle -> Channels.find(handle, id));
  }

  /** Channels in which a member pays or is paid, the latest first, at most 1,000. */
  public List<Channel> channels(PayAddress member) {
    return database.read(handle -> Channels.of(handle, member, MAX_LISTED));
  }

  /** A withdrawal. */
  public Optional<Withdrawal> withdrawal(Hash id) {
    return database.read(handle -> Withdrawals.find(handle, id));
  }

  /** Withdrawals of a member, the latest first, at most 1,000. */
  public List<Withdrawal> withdrawals(PayAddress member) {
    return database.read(handle -> Withdrawals.of(handle, member, MAX_LISTED));
  }

  /** Withdrawals that have not ended, the oldest first, at most 1,000. */
  public List<Withdrawal> underWay() {
    return database.read(handle -> Withdrawals.underWay(handle, MAX_LISTED));
  }

  /** How many withdrawals wait to be built, however many these are. */
  public long waiting() {
    return database.read(Withdrawals::waiting);
  }

  /** What was paid out of an asset, or may be, by transactions signed after {@code seconds}. */
  public long builtSince(String asset, long seconds) {
    return database.read(handle -> Withdrawals.builtSince(handle, asset, seconds));
  }

  /** How many withdrawals are to be sent before this one; 0 once it is sent. */
  public long ahead(Withdrawal withdrawal) {
    boolean waits =
        withdrawal.state() == Withdrawal.State.REQUESTED
            || withdrawal.state() == Withdrawal.State.BUILT;
    return waits ? database.read(handle -> Withdrawals.ahead(handle, withdrawal)) : 0;
  }

  /** Postings of a member's accounts, the latest first. */
  public List<HistoryLine> history(PayAddress member, String asset, long before, int most) {
    return database.read(handle -> HistoryLine.of(handle, member, asset, before, most));
  }

  /** Takes in or pays out in one transaction, as a gateway does. */
  public <T> T settle(Function<Cashier, T> work) {
    return write(books -> work.apply(new Cashier(books, config)));
  }

  /** Reads tables of a gateway. */
  public <T> T look(Function<Handle, T> work) {
    return database.read(work);
  }

  /** What time it is for the hub, in seconds of Unix time. */
  public long nowSeconds() {
    return unixSeconds.getAsLong();
  }

  /** What it pays out. */
  public PayoutRules payouts() {
    return config.payouts();
  }

  /** Ids of the assets that it keeps accounts in. */
  public Set<String> assets() {
    return config.assets();
  }

  /**
   * Whether the voucher's channel is there and the voucher is signed by its key: to be asked before
   * {@link Desk#redeem}, outside of its transaction, as it takes a while. A channel's key stays as
   * it is; of one that is not there nothing is known, so nothing is signed.
   */
  public boolean isSigned(Voucher voucher, PaySignature signature) {
    return channel(voucher.channel())
        .filter(channel -> signature.isBy(channel.cert().payerKey(), voucher.digest(domain)))
        .isPresent();
  }

  /**
   * Does something in one transaction: what it returns is committed, what it throws undoes it. It
   * may be done more than once, of which the last time counts: it changes nothing but the books.
   */
  public <T> T transact(Function<Desk, T> work) {
    return share(books -> work.apply(desk(books)));
  }

  /**
   * Does something once: the same request of a member gets the same answer, however often it comes.
   *
   * @param key names the request, chosen by the member
   * @param bodyHash of what is asked for, 64 hexadecimal digits
   * @return the answer; empty when the key was used for another request
   */
  public Optional<String> once(
      PayAddress member, String key, String bodyHash, Function<Desk, String> work) {
    return share(books -> {
      Handle handle = books.handle();
      Optional<Answer> before = Answer.find(handle, member, key);
      if (before.isPresent()) {
        return before.filter(a -> a.bodyHash().equals(bodyHash)).map(Answer::text);
      }
      String text = work.apply(desk(books));
      Answer.keep(handle, member, key, new Answer(bodyHash, text), books.nowSeconds());
      return Optional.of(text);
    });
  }

  /** Gives back what is left of channels whose time is over; to be called now and then. */
  public int sweep() {
    return write(books -> {
      long now = expirySeconds.getAsLong();
      ExpiryClock.keep(books.handle(), now);
      List<Channel> due = Channels.due(books.handle(), now, SWEPT_AT_ONCE);
      due.forEach(channel -> Channels.refund(books, channel));
      return due.size();
    });
  }

  private Desk desk(Books books) {
    return new Desk(books, config, domain, expirySeconds);
  }

  private <T> T share(Function<Books, T> work) {
    return database.share(unixSeconds.getAsLong(), work);
  }

  private <T> T write(Function<Books, T> work) {
    return database.write(unixSeconds.getAsLong(), work);
  }
}
