package sluice.ledger.hub;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.store.Books;
import sluice.ledger.store.LedgerFault;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * The rows of channels. Each change compares what was read with what is there, and moves the money
 * in the same transaction. No state.
 */
final class Channels {
  private static final Rows<Channel> ROWS = new Rows<>("channel", Channel.COLUMNS, Channel::read);

  private Channels() {}

  static Optional<Channel> find(Handle handle, Hash id) {
    return ROWS.one(handle, "id = ?", id.hex());
  }

  static List<Channel> of(Handle handle, PayAddress member, int most) {
    return ROWS.all(
        handle,
        "payer = ? or payee = ? order by opened_at desc, id limit ?",
        member.hex(),
        member.hex(),
        most);
  }

  /** Channels whose rest is to be given back, the oldest first. */
  static List<Channel> due(Handle handle, long nowSeconds, int most) {
    return ROWS.all(
        handle,
        "state <> 'CLOSED' and refund_at <= ? order by refund_at, id limit ?",
        nowSeconds,
        most);
  }

  /** Opens a channel with the payer's money, which is there. */
  static void open(Books books, Channel channel) {
    books
        .handle()
        .execute(
            "insert into channel ("
                + Channel.COLUMNS
                + ")"
                + " values (?, ?, ?, ?, ?, ?, ?, 0, 0, 'OPEN', ?, ?, ?, ?)",
            id(channel),
            channel.payer().hex(),
            channel.cert().payerKey().hex(),
            channel.payee().hex(),
            channel.cert().payee().hex(),
            channel.asset(),
            channel.cert().deposit(),
            channel.cert().openedAt(),
            channel.cert().expiresAt(),
            channel.cert().graceSeconds(),
            channel.refundAt());
    books.post(
        Entry.move(
            EntryKind.CHANNEL_OPENED,
            id(channel),
            payer(channel),
            locked(channel),
            channel.cert().deposit()));
  }

  /** Adds to the deposit from the payer's money, which is there. */
  static void topUp(Books books, Channel channel, long more) {
    long deposit = channel.cert().deposit() + more;
    update(
        books,
        "update channel set deposit = ? where id = ? and deposit = ? and state = 'OPEN'",
        deposit,
        id(channel),
        channel.cert().deposit());
    books.post(
        Entry.move(
            EntryKind.CHANNEL_TOPPED_UP,
            id(channel) + ":" + deposit,
            payer(channel),
            locked(channel),
            more));
  }

  /** Pays up to {@code cumulative}, which is more than was paid and within the deposit. */
  static void redeem(Books books, Channel channel, long cumulative) {
    update(
        books,
        "update channel set paid = ? where id = ? and paid = ? and state <> 'CLOSED'",
        cumulative,
        id(channel),
        channel.paidMicros());
    books.post(
        Entry.move(
            EntryKind.REDEEMED,
            id(channel) + ":" + cumulative,
            locked(channel),
            Account.available(channel.payee().hex(), channel.asset()),
            cumulative - channel.paidMicros()));
  }

  /** The payer wants its money back at {@code refundAt}. */
  static void startClosing(Books books, Channel channel, long refundAt) {
    update(
        books,
        "update channel set state = 'CLOSING', refund_at = ? where id = ? and state = ?",
        refundAt,
        id(channel),
        "OPEN");
  }

  /** Gives the rest back and ends the channel. */
  static void refund(Books books, Channel channel) {
    long rest = channel.lockedMicros();
    update(
        books,
        "update channel set state = 'CLOSED', refunded = refunded + ? where id = ? and paid = ?"
            + " and state <> 'CLOSED'",
        rest,
        id(channel),
        channel.paidMicros());
    if (rest > 0) {
      books.post(
          Entry.move(
              EntryKind.CHANNEL_REFUNDED, id(channel), locked(channel), payer(channel), rest));
    }
  }

  private static void update(Books books, String sql, Object... values) {
    if (books.handle().execute(sql, values) != 1) {
      throw new LedgerFault("a channel is not what it was read as: " + sql);
    }
  }

  private static String id(Channel channel) {
    return channel.cert().channel().hex();
  }

  private static Account payer(Channel channel) {
    return Account.available(channel.payer().hex(), channel.asset());
  }

  private static Account locked(Channel channel) {
    return Account.channel(id(channel), channel.asset());
  }
}
