package sluice.ledger;

import static sluice.ledger.Keys.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.PayoutRules;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** Operations by chance, the same for the same seed. Each is a request with a key of its own. */
final class Script {
  static final String ASSET = "test:coins";
  static final int MEMBERS = 4;
  private static final int CHANNELS = 12;
  private static final int STEPS_PER_CHANNEL = 40;
  private static final int FIRST_PAYER_KEY = 1_000;

  private final List<Function<Desk, Outcome<?>>> steps = new ArrayList<>();

  Script(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      steps.add(step(random, i));
    }
  }

  int length() {
    return steps.size();
  }

  static PayAddress member(int number) {
    return key(10 + number).address();
  }

  private static PayAddress alias(int number) {
    return key(100 + number).address();
  }

  /** A hub that does all that a script may ask. */
  static HubConfig config() {
    return HubConfig.of(1, key(99), Set.of(ASSET)).paying(PayoutRules.free());
  }

  /** Members and their aliases. */
  static void prepare(Hub hub) {
    hub.transact(desk -> {
      for (int i = 0; i < MEMBERS; i++) {
        desk.register(member(i));
        desk.payUnder(member(i), alias(i));
      }
      return true;
    });
  }

  /** Does step {@code number} once, whatever happened to it before; what it answered. */
  String run(Hub hub, int number) {
    return hub.once(
            member(0),
            "step " + number,
            Hash.sha256(new byte[] {1}).hex(),
            desk -> text(steps.get(number).apply(desk)))
        .orElseThrow();
  }

  /** Does step {@code number} in a transaction of the caller's. */
  Outcome<?> run(Desk desk, int number) {
    return steps.get(number).apply(desk);
  }

  private static String text(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?>(Certified(var cert, var signature)) -> cert + " " + signature;
      case Outcome.Done<?>(var value) -> value.toString();
      case Outcome.Refused<?>(var refusal, var detail) -> refusal + " " + detail;
    };
  }

  private static Function<Desk, Outcome<?>> step(SplittableRandom random, int number) {
    PayAddress member = member(random.nextInt(MEMBERS));
    int channelNumber = number / STEPS_PER_CHANNEL + random.nextInt(CHANNELS);
    PayAddress payerKey = key(FIRST_PAYER_KEY + channelNumber).address();
    long micros = random.nextLong(1, 1_000);
    int to = random.nextInt(MEMBERS);
    Function<Desk, Hash> channel = desk -> desk.channelOf(payerKey);
    int kind = random.nextInt(11);
    if (kind < 2 || number < MEMBERS) {
      return desk -> desk.deposit(member, ASSET, micros * 4, "tx" + number);
    } else if (kind < 4) {
      return desk -> desk.open(member, payerKey, alias(to), ASSET, micros, 1_000_000);
    } else if (kind < 5) {
      return desk -> desk.topUp(member, channel.apply(desk), micros);
    } else if (kind < 9) {
      return desk -> desk.redeem(new Voucher(channel.apply(desk), micros));
    }
    if (kind == 10) {
      return desk -> desk.withdraw(member, ASSET, micros, member);
    }
    return desk -> desk.close(member, channel.apply(desk));
  }
}
