package sluice.market.trade;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** A till in memory that looks at signatures, and takes a moment for everything. */
final class TestTill implements Till {
  static final long DELAY_NANOS = 5 * Pair.MILLI;

  final Map<Hash, Long> highest = new LinkedHashMap<>();
  final Map<Hash, PayAddress> keys = new HashMap<>();
  int looked;
  int settled;
  private final Pair pair;

  TestTill(Pair pair) {
    this.pair = pair;
  }

  @Override
  public void admit(ChannelCert cert, PaySignature signature, Consumer<Long> told) {
    boolean good = signature.isBy(pair.hub.address(), cert.digest(pair.hub.domain()));
    pair.after(
        DELAY_NANOS,
        () -> {
          if (good) {
            keys.put(cert.channel(), cert.payerKey());
          }
          told.accept(good ? highest.computeIfAbsent(cert.channel(), c -> 0L) : -1L);
        });
  }

  @Override
  public void take(Voucher voucher, PaySignature signature, Consumer<Boolean> told) {
    looked++;
    PayAddress key = keys.get(voucher.channel());
    boolean good = signature.isBy(key, voucher.digest(pair.hub.domain()));
    pair.after(
        DELAY_NANOS,
        () -> {
          if (good) {
            highest.merge(voucher.channel(), voucher.cumulative(), Math::max);
          }
          told.accept(good);
        });
  }

  @Override
  public void settle(Hash channel) {
    settled++;
  }

  long earned() {
    return highest.values().stream().mapToLong(Long::longValue).sum();
  }
}
