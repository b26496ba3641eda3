package sluice.market.trade;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** Channels in memory, which a hub opens as often as it is asked. */
final class TestPurse implements Purse {
  final Map<Hash, Long> promised = new LinkedHashMap<>();
  final Map<Hash, ChannelCert> certs = new HashMap<>();
  final Map<Hash, PayKey> keys = new HashMap<>();
  boolean refuses;
  int opened;
  private final Pair pair;

  TestPurse(Pair pair) {
    this.pair = pair;
  }

  @Override
  public void open(PayAddress payee, long leastMicros, long depositMicros, Consumer<Opened> told) {
    pair.after(
        50 * Pair.MILLI,
        () -> {
          if (refuses) {
            told.accept(new Opened.Refused("INSUFFICIENT_FUNDS"));
            return;
          }
          for (ChannelCert cert : certs.values()) {
            if (cert.deposit() - promised.get(cert.channel()) >= leastMicros) {
              told.accept(opened(cert));
              return;
            }
          }
          Hash channel = Pair.channel(++opened);
          PayKey key = Pair.key(100 + opened);
          keys.put(channel, key);
          promised.put(channel, 0L);
          ChannelCert cert =
              new ChannelCert(
                  channel,
                  key.address(),
                  payee,
                  pair.hub.assetHash(),
                  depositMicros,
                  Pair.UNIX,
                  Pair.UNIX + 604_800,
                  86_400);
          certs.put(channel, cert);
          told.accept(opened(cert));
        });
  }

  private Opened.Channel opened(ChannelCert cert) {
    return new Opened.Channel(
        cert, Pair.HUB_KEY.sign(cert.digest(pair.hub.domain())), promised.get(cert.channel()));
  }

  @Override
  public void topUp(Hash channel, long moreMicros, Consumer<Opened> told) {
    pair.after(
        50 * Pair.MILLI,
        () -> {
          ChannelCert old = certs.get(channel);
          ChannelCert larger =
              new ChannelCert(
                  channel,
                  old.payerKey(),
                  old.payee(),
                  old.asset(),
                  old.deposit() + moreMicros,
                  old.openedAt(),
                  old.expiresAt(),
                  old.graceSeconds());
          certs.put(channel, larger);
          told.accept(opened(larger));
        });
  }

  @Override
  public void promise(Hash channel, long cumulativeMicros, Consumer<Signed> told) {
    pair.after(
        3 * Pair.MILLI,
        () -> {
          if (cumulativeMicros < promised.get(channel)
              || cumulativeMicros > certs.get(channel).deposit()) {
            told.accept(new Signed.Refused("out of bounds"));
            return;
          }
          promised.put(channel, cumulativeMicros);
          Hash digest = new Voucher(channel, cumulativeMicros).digest(pair.hub.domain());
          told.accept(new Signed.Done(keys.get(channel).sign(digest)));
        });
  }

  @Override
  public void release(Hash channel) {
    // Channels are found again by their payee.
  }

  long spent() {
    return promised.values().stream().mapToLong(Long::longValue).sum();
  }
}
