package sluice.ledger.purse;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.ledger.client.HubException;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.market.trade.Purse;
import sluice.protocol.digest.Hash;

/**
 * The channels of a {@link Trader} in which it pays. Vouchers are signed on a thread of their own
 * and do not wait for calls of the hub.
 */
final class HubPurse implements Purse {
  private static final long LIFE_SECONDS = 7 * 86_400;
  private static final long LEAST_LIFE_SECONDS = 7_200;
  private static final Opened ENDED = new Opened.Refused("the program ends");
  private static final Signed UNSIGNED = new Signed.Refused("nothing can be kept");

  private final Trader trader;
  private final Loop loop;

  /** Channels that somebody uses; of the thread of calls. */
  private final Set<Hash> used = new HashSet<>();

  HubPurse(Trader trader, Loop loop) {
    this.trader = trader;
    this.loop = loop;
  }

  @Override
  public void open(PayAddress payee, long leastMicros, long depositMicros, Consumer<Opened> told) {
    Trader.answer(
        trader.calls(),
        loop,
        () -> {
          try {
            Optional<Journal.Paying> known = find(payee, leastMicros);
            Journal.Paying channel =
                known.isPresent()
                    ? known.get()
                    : trader.openChannel(payee, leastMicros, depositMicros, LIFE_SECONDS);
            used.add(channel.cert().channel());
            trader.settlement().uses(channel.cert().channel());
            return opened(channel);
          } catch (IOException | HubException e) {
            return new Opened.Refused("no channel: " + e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ENDED;
          }
        },
        ENDED,
        told);
  }

  private Optional<Journal.Paying> find(PayAddress payee, long leastMicros) {
    long now = System.currentTimeMillis() / 1_000;
    return trader.journal().paying(trader.terms().hub()).stream()
        .filter(c -> c.cert().payee().equals(payee) && !used.contains(c.cert().channel()))
        .filter(c -> c.cert().asset().equals(trader.terms().assetHash()))
        .filter(c -> c.cert().expiresAt() - now > LEAST_LIFE_SECONDS)
        .filter(c -> c.cert().deposit() - c.promised() >= leastMicros)
        .filter(c -> trader.isOpen(c.cert().channel()))
        .findFirst();
  }

  private static Opened opened(Journal.Paying channel) {
    return new Opened.Channel(channel.cert(), channel.signature(), channel.promised());
  }

  private Optional<Journal.Paying> channel(Hash id) {
    return trader.journal().paying(trader.terms().hub()).stream()
        .filter(c -> c.cert().channel().equals(id))
        .findFirst();
  }

  @Override
  public void topUp(Hash channel, long moreMicros, Consumer<Opened> told) {
    Trader.answer(
        trader.calls(),
        loop,
        () -> {
          try {
            return opened(trader.topUp(channel(channel).orElseThrow(), moreMicros));
          } catch (IOException | HubException e) {
            return new Opened.Refused("no larger deposit: " + e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ENDED;
          }
        },
        ENDED,
        told);
  }

  @Override
  public void promise(Hash channel, long cumulativeMicros, Consumer<Signed> told) {
    Trader.answer(
        trader.promises(),
        loop,
        () -> {
          Journal.Paying known = channel(channel).orElseThrow();
          boolean kept =
              cumulativeMicros <= known.cert().deposit()
                  && trader.journal().promise(channel, cumulativeMicros, Trader.today());
          if (!kept) {
            return new Signed.Refused("more, or less, than can be promised");
          }
          Hash digest = new Voucher(channel, cumulativeMicros).digest(trader.terms().domain());
          return new Signed.Done(trader.derived("channel", known.nonce().bytes()).sign(digest));
        },
        UNSIGNED,
        told);
  }

  @Override
  public void release(Hash channel) {
    Trader.answer(trader.calls(), loop, () -> used.remove(channel), false, was -> {});
  }
}
