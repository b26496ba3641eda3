package sluice.ledger.purse;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import sluice.ledger.client.ChannelView;
import sluice.ledger.client.HubException;
import sluice.ledger.client.HubMember;
import sluice.market.sign.PayAddress;
import sluice.market.trade.HubTerms;
import sluice.protocol.digest.Hash;

/**
 * What a trader asks the hub for now and then, and at its end: the money for its vouchers, and the
 * rest of channels that nobody needs. All calls on the thread of calls, but those that say
 * otherwise.
 */
final class Settlement {
  private static final Logger LOG = System.getLogger(Settlement.class.getName());

  /** So long may another run with the same journal be using a channel. */
  private static final long LEFT_SECONDS = 2 * 86_400;

  private static final Set<String> GONE = Set.of("CLOSED", "EXPIRED", "UNKNOWN_CHANNEL");

  private final HubMember member;
  private final HubTerms terms;
  private final Journal journal;
  private final LongSupplier unixSeconds;

  /** Channels in which we are being paid. */
  private final Set<Hash> serving = ConcurrentHashMap.newKeySet();

  /** Channels in which this run has paid. */
  private final Set<Hash> used = ConcurrentHashMap.newKeySet();

  /** Channels of which the hub had not answered at the last round. */
  private final Set<Hash> lingering = new HashSet<>();

  Settlement(HubMember member, HubTerms terms, Journal journal, LongSupplier unixSeconds) {
    this.member = member;
    this.terms = terms;
    this.journal = journal;
    this.unixSeconds = unixSeconds;
  }

  /** We are being paid in a channel. Any thread. */
  void serves(Hash channel) {
    serving.add(channel);
  }

  /** A turn is over: its vouchers are redeemed. */
  void turnEnds(Hash channel) {
    serving.remove(channel);
    redeem(channel);
  }

  /** This run pays in a channel. Any thread. */
  void uses(Hash channel) {
    used.add(channel);
  }

  /**
   * Ends channels that a run which was killed had asked for without keeping what it was given.
   *
   * @param payerKey the key that belongs to a nonce
   */
  void recover(Function<Hash, PayAddress> payerKey) {
    recover(journal.openings(terms.hub()), payerKey);
  }

  /** The same of those that were under way at the last call: nobody has asked for them again. */
  void recoverOld(Function<Hash, PayAddress> payerKey) {
    Set<Hash> old = Set.copyOf(lingering);
    List<Hash> openings = journal.openings(terms.hub());
    recover(openings.stream().filter(old::contains).toList(), payerKey);
    lingering.clear();
    lingering.addAll(openings);
  }

  private void recover(List<Hash> nonces, Function<Hash, PayAddress> payerKey) {
    for (Hash nonce : nonces) {
      Hash channel = terms.domain().channelOf(payerKey.apply(nonce));
      boolean known =
          journal.paying(terms.hub()).stream().anyMatch(c -> c.cert().channel().equals(channel));
      if (known || ended(channel)) {
        journal.opened(nonce);
      }
    }
  }

  /** Redeems all vouchers, and gives up channels that are of no use any more. */
  void round() {
    for (Journal.Paid channel : journal.paid(terms.hub())) {
      redeem(channel);
      endIfAsked(channel);
    }
    long now = unixSeconds.getAsLong();
    for (Journal.Paying channel : journal.paying(terms.hub())) {
      Hash id = channel.cert().channel();
      if (now >= channel.cert().redeemableUntil()) {
        journal.forget(id);
      } else if (!used.contains(id) && now - channel.cert().openedAt() >= LEFT_SECONDS) {
        giveBack(id);
      }
    }
  }

  /** Redeems all vouchers, and closes all channels of this run: the rest goes back. */
  void end() {
    for (Journal.Paid channel : journal.paid(terms.hub())) {
      redeem(channel);
      close(channel);
    }
    used.forEach(this::giveBack);
  }

  /** Asks for the money of one channel. */
  void redeem(Hash channel) {
    journal.paid(terms.hub()).stream()
        .filter(paid -> paid.channel().equals(channel))
        .forEach(this::redeem);
  }

  private void redeem(Journal.Paid channel) {
    var voucher = channel.unredeemed();
    if (voucher.isPresent() && channel.signature().isPresent()) {
      asked(
          channel,
          () -> {
            long paid = member.redeem(voucher.get(), channel.signature().get());
            journal.redeemed(channel.channel(), paid, false);
          });
    }
  }

  /** The payer wants the rest back: it need not wait for it. */
  private void endIfAsked(Journal.Paid channel) {
    if (unixSeconds.getAsLong() >= channel.cert().redeemableUntil()) {
      journal.redeemed(channel.channel(), channel.redeemed(), true);
    } else if (!serving.contains(channel.channel())) {
      asked(
          channel,
          () -> {
            ChannelView seen = member.channel(channel.channel());
            if (seen.state().equals("CLOSED")) {
              journal.redeemed(channel.channel(), seen.paidMicros(), true);
            } else if (seen.state().equals("CLOSING")) {
              close(channel);
            }
          });
    }
  }

  /** Closes a channel in which we were paid, unless a voucher of it is still to be redeemed. */
  private void close(Journal.Paid channel) {
    boolean owed =
        journal.paid(terms.hub()).stream()
            .anyMatch(c -> c.channel().equals(channel.channel()) && c.unredeemed().isPresent());
    if (!owed) {
      asked(
          channel,
          () -> {
            member.close(channel.channel());
            journal.redeemed(channel.channel(), channel.cumulative(), true);
          });
    }
  }

  /** Asks for the rest of a channel in which we pay. */
  private void giveBack(Hash channel) {
    if (ended(channel)) {
      journal.forget(channel);
    }
  }

  /** Whether a channel of ours is at its end at the hub, or is brought to it. */
  private boolean ended(Hash channel) {
    try {
      member.close(channel);
      return true;
    } catch (HubException e) {
      return GONE.contains(e.code());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the hub was not reached", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A call of the hub. */
  private interface Question {
    void ask() throws IOException, InterruptedException, HubException;
  }

  private void asked(Journal.Paid channel, Question question) {
    try {
      question.ask();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the hub was not reached; vouchers are kept for the next time");
      LOG.log(Level.DEBUG, "the hub was not reached", e);
    } catch (HubException e) {
      LOG.log(Level.WARNING, "the hub refuses channel " + channel.channel() + ": " + e.code());
      if (GONE.contains(e.code())) {
        journal.redeemed(channel.channel(), channel.redeemed(), true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
