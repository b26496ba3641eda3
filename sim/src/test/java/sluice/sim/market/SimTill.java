package sluice.sim.market;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;

/** A payee's vouchers in a process that may die between any two of its steps. */
final class SimTill implements Till {
  private static final long MILLI = 1_000_000;

  private final Loop loop;
  private final SimBank bank;
  private final Steps steps;

  SimTill(Loop loop, SimBank bank, Steps steps) {
    this.loop = loop;
    this.bank = bank;
    this.steps = steps;
  }

  private void call(Runnable work, Runnable answer) {
    steps.step();
    loop.after(
        4 * MILLI,
        () -> {
          work.run();
          steps.step();
          loop.after(MILLI, answer);
        });
  }

  @Override
  public void admit(ChannelCert cert, PaySignature signature, Consumer<Long> told) {
    boolean good = signature.isBy(bank.terms.address(), cert.digest(bank.terms.domain()));
    call(() -> {}, () -> told.accept(good ? bank.channels().get(cert.channel()).taken : -1L));
  }

  @Override
  public void take(Voucher voucher, PaySignature signature, Consumer<Boolean> told) {
    Optional<SimBank.Channel> known = Optional.ofNullable(bank.channels().get(voucher.channel()));
    Hash digest = voucher.digest(bank.terms.domain());
    boolean good = known.filter(c -> signature.isBy(c.key.address(), digest)).isPresent();
    call(
        () -> {
          if (good) {
            bank.keep(voucher, signature);
          }
        },
        () -> told.accept(good));
  }

  @Override
  public void settle(Hash channel) {
    call(() -> bank.redeem(bank.channels().get(channel)), () -> {});
  }
}
