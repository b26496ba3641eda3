package sluice.ledger.purse;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;

/** The channels of a {@link Trader} in which it is paid. */
final class HubTill implements Till {
  private static final long REFUSED = -1;

  /** 64 windows, as each voucher pays half of one. */
  static final int VOUCHERS = 128;

  private final Trader trader;
  private final Loop loop;
  private final int vouchers;

  /** Who signs vouchers of the channels that were admitted; of the thread of receipts. */
  private final Map<Hash, PayAddress> payers = new HashMap<>();

  /** How many vouchers came; of the same thread. */
  private final Map<Hash, Integer> taken = new HashMap<>();

  /** {@code vouchers} of a channel are redeemed before it is time. */
  HubTill(Trader trader, Loop loop, int vouchers) {
    this.trader = trader;
    this.loop = loop;
    this.vouchers = vouchers;
  }

  @Override
  public void admit(ChannelCert cert, PaySignature signature, Consumer<Long> told) {
    Trader.answer(
        trader.receipts(),
        loop,
        () -> {
          if (!signature.isBy(trader.terms().address(), cert.digest(trader.terms().domain()))) {
            return REFUSED;
          }
          trader.journal().paid(trader.terms().hub(), cert);
          payers.put(cert.channel(), cert.payerKey());
          trader.settlement().serves(cert.channel());
          return trader.journal().paid(trader.terms().hub()).stream()
              .filter(paid -> paid.channel().equals(cert.channel()))
              .mapToLong(Journal.Paid::cumulative)
              .findFirst()
              .orElse(REFUSED);
        },
        REFUSED,
        told);
  }

  @Override
  public void take(Voucher voucher, PaySignature signature, Consumer<Boolean> told) {
    Trader.answer(
        trader.receipts(),
        loop,
        () -> {
          PayAddress payer = payers.get(voucher.channel());
          boolean good =
              payer != null && signature.isBy(payer, voucher.digest(trader.terms().domain()));
          if (good) {
            trader.journal().take(voucher, signature);
            redeemSometimes(voucher.channel());
          }
          return good;
        },
        false,
        told);
  }

  @Override
  public void settle(Hash channel) {
    Trader.answer(
        trader.calls(),
        loop,
        () -> {
          trader.settlement().turnEnds(channel);
          return true;
        },
        false,
        done -> {});
  }

  /** So no more than this many vouchers are worth nothing should the hub go. */
  private void redeemSometimes(Hash channel) {
    if (taken.merge(channel, 1, Integer::sum) % vouchers == 0) {
      trader.calls().execute(() -> trader.settlement().redeem(channel));
    }
  }
}
