package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.policy.Bound;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.WeekSpan;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;
import sluice.protocol.address.IpNetwork;
import sluice.protocol.bencode.BDictionary;

class PolicyCodecTest {
  private static final QueueLimits LIMITS = new QueueLimits(1, 2, 3, 4, 5, 6);

  private static final BandwidthPlan PLAN =
      new BandwidthPlan(
          7,
          8,
          List.of(
              new ClassSpec("a", true, new ClassLimits(3, 9, 1), ClassLimits.PLAIN),
              ClassSpec.of("Grün", ClassLimits.weighing(12))));

  private static final Schedule SCHEDULE =
      new Schedule(
          Profile.always("usual", PLAN),
          List.of(
              new Profile(
                  "nights",
                  WeekSpan.daily(EnumSet.allOf(DayOfWeek.class), 1_320, 360),
                  BandwidthPlan.UNLIMITED,
                  Optional.of(LIMITS),
                  true)));

  private static <T> T again(BDictionary written, Function<BDictionary, T> read) {
    return PolicyCodec.read(PolicyCodec.text(written), read);
  }

  @Test
  void whatIsWrittenIsRead() {
    for (QueueLimits limits : List.of(LIMITS, QueueLimits.OPEN)) {
      assertThat(again(PolicyCodec.write(limits), PolicyCodec::queue)).isEqualTo(limits);
    }
    PeerLimits peers = new PeerLimits(4, 3, 2, 1);
    assertThat(again(PolicyCodec.write(peers), PolicyCodec::peers)).isEqualTo(peers);
    assertThat(again(PolicyCodec.write(PLAN), PolicyCodec::bandwidth)).isEqualTo(PLAN);
    assertThat(again(PolicyCodec.write(SCHEDULE), PolicyCodec::schedule)).isEqualTo(SCHEDULE);
    for (ShareAction action : ShareAction.values()) {
      ShareRule rule =
          new ShareRule(Bound.at(1_500), Bound.never(), Bound.inherit(), Optional.of(action));
      assertThat(again(PolicyCodec.write(rule), PolicyCodec::share)).isEqualTo(rule);
    }
    assertThat(again(PolicyCodec.write(ShareRule.INHERIT), PolicyCodec::share))
        .isEqualTo(ShareRule.INHERIT);
    ShareRule brief = new ShareRule(Bound.at(1), Bound.inherit(), Bound.never(), Optional.empty());
    List<PeerClass> near =
        List.of(
            new PeerClass(IpNetwork.parse("10.0.0.0/8").orElseThrow(), "a"),
            new PeerClass(IpNetwork.parse("2001:db8::/32").orElseThrow(), ""));
    assertThat(again(PolicyCodec.writePeers(near), PolicyCodec::peerClasses)).isEqualTo(near);
    Map<String, ShareRule> byClass = Map.of("a", brief, "Grün", ShareRule.INHERIT);
    assertThat(again(PolicyCodec.write(byClass), PolicyCodec::classShares)).isEqualTo(byClass);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "le",
        "i1e",
        "de",
        "d5:ratio3:eeee",
        "d5:ratioi-1ee",
        "d6:action3:fly5:ratioi1ee",
        "d5:ratiolee",
        "d5:ratiodee",
        "d6:activei-1e6:checksi1e9:downloadsi1e5:seedsi1e9:slow downi0e7:slow upi0ee",
        "d6:activei1e6:checksi0e9:downloadsi1e5:seedsi1e9:slow downi0e7:slow upi0ee",
        "d6:activei1e6:checksi1e9:downloadsi4294967297e5:seedsi1e9:slow downi0e7:slow upi0ee",
        "d7:classesl1:xe4:downi0e2:upi0ee",
        "d7:classesle4:downi-1e2:upi0ee",
        "d8:profilesle5:usuali1ee",
        "d5:rulesld5:class1:aeee",
        "d5:rulesld5:class1:a7:network3:::/eee"
      })
  void whatCannotHaveBeenWrittenIsRefused(String text) {
    List<Function<BDictionary, ?>> readers =
        List.of(
            PolicyCodec::queue,
            PolicyCodec::bandwidth,
            PolicyCodec::schedule,
            PolicyCodec::classShares,
            PolicyCodec::peerClasses);
    for (Function<BDictionary, ?> reader : readers) {
      assertThatThrownBy(() -> PolicyCodec.read(text, reader))
          .isInstanceOf(IllegalArgumentException.class);
    }
    if (!text.startsWith("de") && text.contains("ratio")) {
      assertThatThrownBy(() -> PolicyCodec.read(text, PolicyCodec::share))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Changed characters are read as something, or refused; nothing else happens. */
  @Test
  void damagedTextIsRefusedOrRead() {
    String text = PolicyCodec.text(PolicyCodec.write(SCHEDULE));
    int refused = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder damaged = new StringBuilder(text);
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged.setCharAt(random.nextInt(damaged.length()), (char) (' ' + random.nextInt(95)));
      }
      try {
        PolicyCodec.read(damaged.toString(), PolicyCodec::schedule);
      } catch (IllegalArgumentException expected) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + damaged, e);
      }
    }
    assertThat(refused).isPositive();
  }
}
