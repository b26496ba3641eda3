package sluice.ledger.api;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.PayoutRules;
import sluice.market.sign.Domain;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** Calls by chance, the same for the same seed, as members make them over HTTP. */
final class HttpScript {
  static final String ASSET = "test:coins";
  static final int MEMBERS = 3;
  private static final int CHANNELS = 6;

  /** One call, by a member, with its own idempotency key. */
  record Step(int member, String path, String body) {}

  private final Domain domain = config().domain();
  private final List<Step> steps = new ArrayList<>();

  HttpScript(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      steps.add(step(random, i));
    }
  }

  List<Step> steps() {
    return steps;
  }

  static HubConfig config() {
    return HubConfig.of(1, key(99), Set.of(ASSET)).paying(PayoutRules.free());
  }

  static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  static PayKey member(int number) {
    return key(10 + number);
  }

  /** Members and the names under which they are paid. */
  static void prepare(Hub hub) {
    hub.transact(desk -> {
      for (int i = 0; i < MEMBERS; i++) {
        desk.register(member(i).address());
        desk.payUnder(member(i).address(), key(100 + i).address());
      }
      return true;
    });
  }

  private Step step(SplittableRandom random, int number) {
    int member = random.nextInt(MEMBERS);
    PayKey payer = key(1_000 + random.nextInt(CHANNELS));
    Hash channel = domain.channelOf(payer.address());
    long amount = random.nextLong(1, 1_000);
    String path = "/v1/channels/" + channel.hex();
    int kind = number < MEMBERS ? 0 : random.nextInt(10);
    if (kind < 2) {
      String body = "{\"asset\":\"%s\",\"amount\":\"%d\"}".formatted(ASSET, 4 * amount);
      return new Step(number < MEMBERS ? number : member, "/v1/faucet", body);
    } else if (kind < 4 || number < 2 * MEMBERS) {
      return new Step(
          member,
          "/v1/channels",
          "{\"payerKey\":\"%s\",\"payee\":\"%s\",\"asset\":\"%s\",\"deposit\":\"%d\",\"ttl\":\"3600\"}"
              .formatted(
                  payer.address(), key(100 + random.nextInt(MEMBERS)).address(), ASSET, amount));
    } else if (kind < 5) {
      return new Step(member, path + "/topup", "{\"more\":\"%d\"}".formatted(amount));
    } else if (kind < 8) {
      var signature = payer.sign(new Voucher(channel, amount).digest(domain));
      return new Step(
          member,
          path + "/redeem",
          "{\"cumulative\":\"%d\",\"signature\":\"%s\"}".formatted(amount, signature));
    } else if (kind < 9) {
      return new Step(
          member,
          "/v1/withdrawals",
          "{\"asset\":\"%s\",\"amount\":\"%d\",\"to\":\"%s\"}"
              .formatted(ASSET, amount, member(member).address()));
    }
    return new Step(member, path + "/close", "{}");
  }
}
