package sluice.ledger.hub;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.store.Books;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/**
 * The operations of a hub within one transaction. What is refused has written nothing, so that one
 * transaction can hold several. One thread, while the transaction lasts.
 */
public final class Desk {
  private final Books books;
  private final HubConfig config;
  private final Domain domain;
  private final LongSupplier expirySeconds;

  /** {@code expirySeconds}: the time by which channels end. */
  Desk(Books books, HubConfig config, Domain domain, LongSupplier expirySeconds) {
    this.books = books;
    this.config = config;
    this.domain = domain;
    this.expirySeconds = expirySeconds;
  }

  /** For statements of the same transaction. */
  public Handle handle() {
    return books.handle();
  }

  /** The number of the last entry of the books. */
  public long lastEntry() {
    return books.lastNumber();
  }

  /** The id of the channel for which {@code payerKey} signs vouchers. */
  public Hash channelOf(PayAddress payerKey) {
    return domain.channelOf(payerKey);
  }

  /** Makes {@code member} one; it may be one. */
  public void register(PayAddress member) {
    Members.register(books, member);
  }

  /** Lets {@code member} be paid under {@code alias}. */
  public Outcome<PayAddress> payUnder(PayAddress member, PayAddress alias) {
    if (!Members.exists(books.handle(), member)) {
      return refused(Refusal.UNKNOWN_MEMBER, member.hex());
    }
    return Members.addPayee(books, member, alias)
        ? new Outcome.Done<>(alias)
        : refused(Refusal.KEY_IN_USE, alias.hex());
  }

  /**
   * Credits what came in from outside.
   *
   * @param reference names the event outside, such as a transaction; the same one counts once
   * @return what the member may spend then
   */
  public Outcome<Long> deposit(PayAddress member, String asset, long micros, String reference) {
    if (!config.assets().contains(asset)) {
      return refused(Refusal.UNKNOWN_ASSET, asset);
    } else if (micros < 1) {
      return refused(Refusal.BAD_AMOUNT, Long.toString(micros));
    } else if (!Members.exists(books.handle(), member)) {
      return refused(Refusal.UNKNOWN_MEMBER, member.hex());
    }
    return new Cashier(books, config).deposit(member, asset, micros, reference);
  }

  /** Sets {@code micros} of the member's aside to be paid out at {@code to}. */
  public Outcome<Withdrawal> withdraw(PayAddress member, String asset, long micros, PayAddress to) {
    return new Cashier(books, config).withdraw(member, asset, micros, to);
  }

  /**
   * The member's own address on the chain.
   *
   * @param numbered the hub's addresses on the chain, from 1 on
   */
  public Outcome<PayAddress> depositAddress(PayAddress member, IntFunction<PayAddress> numbered) {
    return Members.exists(books.handle(), member)
        ? new Outcome.Done<>(DepositAddresses.of(books, member, numbered))
        : refused(Refusal.UNKNOWN_MEMBER, member.hex());
  }

  /** Locks {@code deposit} of the payer for the payee behind an alias. */
  public Outcome<Certified> open(
      PayAddress payer,
      PayAddress payerKey,
      PayAddress payeeAlias,
      String asset,
      long deposit,
      long lifeSeconds) {
    Optional<PayAddress> payee = Members.payee(books.handle(), payeeAlias);
    if (!Members.exists(books.handle(), payer)) {
      return refused(Refusal.UNKNOWN_MEMBER, payer.hex());
    } else if (payee.isEmpty()) {
      return refused(Refusal.UNKNOWN_PAYEE, payeeAlias.hex());
    } else if (!config.assets().contains(asset)) {
      return refused(Refusal.UNKNOWN_ASSET, asset);
    } else if (lifeSeconds < 1 || lifeSeconds > config.maxLifeSeconds()) {
      return refused(Refusal.BAD_LIFETIME, "1 to " + config.maxLifeSeconds() + " seconds");
    }
    Optional<Outcome<Certified>> poor = payable(payer, asset, deposit);
    if (poor.isPresent()) {
      return poor.get();
    } else if (!Members.addPayer(books, payer, payerKey)) {
      return refused(Refusal.KEY_IN_USE, payerKey.hex());
    }
    long now = books.nowSeconds();
    ChannelCert cert =
        new ChannelCert(
            channelOf(payerKey),
            payerKey,
            payeeAlias,
            ChannelCert.asset(asset),
            deposit,
            now,
            now + lifeSeconds,
            config.graceSeconds());
    Channels.open(
        books,
        new Channel(
            cert, payer, payee.get(), asset, 0, 0, Channel.State.OPEN, cert.redeemableUntil()));
    return new Outcome.Done<>(certify(cert));
  }

  private Certified certify(ChannelCert cert) {
    return new Certified(cert, config.key().sign(cert.digest(domain)));
  }

  private <T> Optional<Outcome<T>> payable(PayAddress payer, String asset, long micros) {
    if (micros < 1) {
      return Optional.of(refused(Refusal.BAD_AMOUNT, Long.toString(micros)));
    }
    long available = books.balance(Account.available(payer.hex(), asset));
    return available < micros
        ? Optional.of(refused(Refusal.INSUFFICIENT_FUNDS, "available: " + available))
        : Optional.empty();
  }

  /** Adds {@code more} to the deposit of an open channel. */
  public Outcome<Certified> topUp(PayAddress payer, Hash id, long more) {
    return withChannel(
        id,
        channel -> {
          if (!channel.payer().equals(payer)) {
            return refused(Refusal.NOT_YOURS, id.hex());
          } else if (channel.state() != Channel.State.OPEN) {
            return refused(Refusal.CLOSED, channel.state().name());
          } else if (books.nowSeconds() >= channel.cert().expiresAt()) {
            return refused(Refusal.EXPIRED, "at " + channel.cert().expiresAt());
          }
          Optional<Outcome<Certified>> poor = payable(payer, channel.asset(), more);
          if (poor.isPresent()) {
            return poor.get();
          }
          Channels.topUp(books, channel, more);
          return new Outcome.Done<>(
              certify(Channels.find(books.handle(), id).orElseThrow().cert()));
        });
  }

  /**
   * Pays what a voucher promises beyond what was paid; an older voucher changes nothing. Its
   * signature was checked by {@link Hub#isSigned}.
   *
   * @return what was paid on the channel in all
   */
  public Outcome<Long> redeem(Voucher voucher) {
    return withChannel(
        voucher.channel(),
        channel -> {
          if (voucher.cumulative() <= channel.paidMicros()) {
            return new Outcome.Done<>(channel.paidMicros());
          } else if (voucher.cumulative() > channel.cert().deposit()) {
            return refused(Refusal.EXCEEDS_DEPOSIT, "deposit: " + channel.cert().deposit());
          } else if (channel.state() == Channel.State.CLOSED) {
            return refused(Refusal.CLOSED, "paid: " + channel.paidMicros());
          } else if (expirySeconds.getAsLong() >= channel.refundAt()) {
            return refused(Refusal.EXPIRED, "at " + channel.refundAt());
          }
          Channels.redeem(books, channel, voucher.cumulative());
          return new Outcome.Done<>(voucher.cumulative());
        });
  }

  /**
   * Ends a channel: for its payee at once, for its payer after the grace, in which vouchers are
   * still redeemed. A channel that has ended stays as it is.
   */
  public Outcome<Channel> close(PayAddress member, Hash id) {
    return withChannel(
        id,
        channel -> {
          boolean isPayee = channel.payee().equals(member);
          if (!isPayee && !channel.payer().equals(member)) {
            return refused(Refusal.NOT_YOURS, id.hex());
          } else if (isPayee && channel.state() != Channel.State.CLOSED) {
            Channels.refund(books, channel);
          } else if (channel.state() == Channel.State.OPEN) {
            long grace = books.nowSeconds() + channel.cert().graceSeconds();
            Channels.startClosing(books, channel, Math.min(grace, channel.refundAt()));
          }
          return new Outcome.Done<>(Channels.find(books.handle(), id).orElseThrow());
        });
  }

  private <T> Outcome<T> withChannel(Hash id, Function<Channel, Outcome<T>> work) {
    return Channels.find(books.handle(), id)
        .map(work)
        .orElseGet(() -> refused(Refusal.UNKNOWN_CHANNEL, id.hex()));
  }

  private static <T> Outcome<T> refused(Refusal refusal, String detail) {
    return new Outcome.Refused<>(refusal, detail);
  }
}
