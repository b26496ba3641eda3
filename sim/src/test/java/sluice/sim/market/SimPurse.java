package sluice.sim.market;

import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.market.trade.Purse;
import sluice.protocol.digest.Hash;

/** A payer's channels in a process that may die between any two of its steps. */
final class SimPurse implements Purse {
  private static final long MILLI = 1_000_000;

  private final Loop loop;
  private final SimBank bank;
  private final Steps steps;
  private final Runnable onPromise;

  /** {@code onPromise} is called when a promise is kept. */
  SimPurse(Loop loop, SimBank bank, Steps steps, Runnable onPromise) {
    this.loop = loop;
    this.bank = bank;
    this.steps = steps;
    this.onPromise = onPromise;
  }

  /** Does something that takes a while and is done for good, and answers a moment later. */
  private void call(long nanos, Runnable work, Runnable answer) {
    steps.step();
    loop.after(
        nanos,
        () -> {
          work.run();
          steps.step();
          loop.after(MILLI, answer);
        });
  }

  private Opened opened(SimBank.Channel channel) {
    return new Opened.Channel(channel.cert, bank.certify(channel.cert), channel.promised);
  }

  @Override
  public void open(PayAddress payee, long leastMicros, long depositMicros, Consumer<Opened> told) {
    SimBank.Channel[] found = new SimBank.Channel[1];
    call(
        40 * MILLI,
        () ->
            found[0] =
                bank.channels().values().stream()
                    .filter(c -> c.cert.deposit() - c.promised >= leastMicros)
                    .findFirst()
                    .orElseGet(() -> bank.open(payee, depositMicros)),
        () -> told.accept(opened(found[0])));
  }

  @Override
  public void topUp(Hash channel, long moreMicros, Consumer<Opened> told) {
    SimBank.Channel known = bank.channels().get(channel);
    call(40 * MILLI, () -> bank.topUp(known, moreMicros), () -> told.accept(opened(known)));
  }

  @Override
  public void promise(Hash channel, long cumulativeMicros, Consumer<Signed> told) {
    SimBank.Channel known = bank.channels().get(channel);
    call(
        3 * MILLI,
        () -> {
          if (may(known, cumulativeMicros)) {
            known.promised = cumulativeMicros;
            onPromise.run();
          }
        },
        () -> {
          Hash digest = new Voucher(channel, cumulativeMicros).digest(bank.terms.domain());
          told.accept(
              known.promised == cumulativeMicros
                  ? new Signed.Done(known.key.sign(digest))
                  : new Signed.Refused("out of bounds"));
        });
  }

  private static boolean may(SimBank.Channel channel, long cumulativeMicros) {
    return cumulativeMicros >= channel.promised && cumulativeMicros <= channel.cert.deposit();
  }

  @Override
  public void release(Hash channel) {
    steps.step(); // channels are found again by whoever asks next
  }
}
