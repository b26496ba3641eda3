package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.ProtocolException;

/**
 * Each message of the extension, with values by chance and bytes that are changed, in the midst of
 * a trade: nothing throws but a violation, and both bounds of loss hold.
 */
class TradeFuzzTest {
  private static final long BUDGET = 40_000_000L;
  private static final long WINDOW_PRICE = Pair.FLOOR.due(SellTerms.WINDOW_BYTES);
  private static final int RUNS = 40;
  private static final int MESSAGES = 60;
  private static final PaySignature FORGED = Pair.key(77).sign(Pair.channel(9));

  @Test
  void whateverIsSaidTheBoundsHold() {
    int violations = 0;
    int heard = 0;
    Set<Class<?>> kinds = new HashSet<>();
    for (int run = 0; run < RUNS; run++) {
      long seed = 20_261_126L + run;
      SplittableRandom random = new SplittableRandom(seed);
      Pair pair = Pair.of(Pair.FLOOR, BUDGET);
      for (int i = 0; i < MESSAGES; i++) {
        pair.run(random.nextLong(300) * Pair.MILLI);
        PayMessage message = message(random, pair);
        kinds.add(message.getClass());
        byte[] bytes = PayCodec.encode(message);
        if (random.nextInt(4) == 0) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Neighbour to = random.nextBoolean() ? pair.buyerOfSeller : pair.sellerOfBuyer;
        try {
          to.onMessage(ByteBuffer.wrap(bytes), pair.now());
          heard++;
        } catch (ProtocolException e) {
          violations++;
        }
        String where = "seed " + seed + ", message " + i;
        assertThat(pair.purse.spent()).as(where).isLessThanOrEqualTo(BUDGET);
        assertThat(pair.wallet.freeMicros()).as(where).isNotNegative();
        long owed = Pair.FLOOR.due(pair.paidForBytes) - pair.till.earned();
        assertThat(owed).as(where).isLessThanOrEqualTo(WINDOW_PRICE);
        long limit = Pair.FLOOR.due(pair.receivedBytes + pair.pieceBytes);
        assertThat(pair.purse.spent()).as(where).isLessThanOrEqualTo(limit);
      }
    }
    assertThat(heard).isGreaterThan(RUNS * MESSAGES / 2);
    assertThat(violations).isPositive();
    assertThat(kinds).containsExactlyInAnyOrder(PayMessage.class.getPermittedSubclasses());
  }

  private static PayMessage message(SplittableRandom random, Pair pair) {
    Hash channel =
        pair.purse.promised.isEmpty() || random.nextInt(4) == 0
            ? Pair.channel(random.nextInt(3))
            : pair.purse.promised.keySet().iterator().next();
    long amount = amount(random);
    return switch (random.nextInt(9)) {
      case 0 ->
          new PayMessage.Bid(
              amount(random),
              new Price(amount),
              amount(random),
              random.nextInt(301),
              random.nextBoolean() ? Pair.ASSET : "other",
              hub(random, pair));
      case 1 ->
          new PayMessage.Award(
              random.nextInt(4),
              amount(random),
              new Price(amount),
              random.nextInt(3_601),
              amount(random),
              random.nextBoolean() ? Pair.ALIAS : Pair.key(5).address(),
              hub(random, pair),
              random.nextInt(64),
              Optional.of(BString.of("x")));
      case 2 -> new PayMessage.Open(cert(random, channel, pair), FORGED);
      case 3 -> new PayMessage.Pay(new Voucher(channel, amount), FORGED, OptionalLong.of(amount));
      case 4 -> new PayMessage.Ack(channel, amount, amount(random));
      case 5 -> new PayMessage.Need(channel, amount, amount(random), random.nextInt(600_001));
      case 6 ->
          new PayMessage.Done(
              amount, PayMessage.End.values()[random.nextInt(PayMessage.End.values().length)]);
      case 7 ->
          new PayMessage.Fault(
              PayMessage.FaultCode.values()[random.nextInt(PayMessage.FaultCode.values().length)],
              "text");
      default -> new PayMessage.Unknown(64 + random.nextInt(100));
    };
  }

  private static Hash hub(SplittableRandom random, Pair pair) {
    return random.nextInt(3) == 0 ? Pair.channel(1) : pair.hub.hub();
  }

  private static ChannelCert cert(SplittableRandom random, Hash channel, Pair pair) {
    PayKey key = Pair.key(1 + random.nextInt(50));
    return new ChannelCert(
        channel,
        key.address(),
        Pair.ALIAS,
        pair.hub.assetHash(),
        amount(random),
        0,
        Pair.UNIX + random.nextInt(100_000),
        86_400);
  }

  private static long amount(SplittableRandom random) {
    return List.of(0L, 1L, 15_625L, 1_000_000L, 1L << 40, Long.MAX_VALUE - 1, Long.MAX_VALUE)
        .get(random.nextInt(7));
  }
}
