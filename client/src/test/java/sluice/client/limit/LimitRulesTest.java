package sluice.client.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.WeekSpan;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;
import sluice.protocol.address.IpNetwork;

/** Limits as people write them. */
class LimitRulesTest {
  private static final List<String> CLASSES =
      List.of("bulk weight=2 up=2M up-min=100K down=1M", "lan exempt");

  private static LimitRules profiles(String... lines) {
    return LimitRules.parse(CLASSES, List.of(), List.of(lines));
  }

  /** The profile that {@code line} says, where usually 5000 bytes are sent and received. */
  private static Profile profile(String line) {
    LimitRules rules = profiles(line);
    return rules.schedule(rules.plan(5_000, 5_000)).orElseThrow().profiles().getFirst();
  }

  @Test
  void classesAndTheirPeers() {
    LimitRules rules =
        LimitRules.parse(CLASSES, List.of("192.168.0.0/16 lan", "2001:db8::7 bulk"), List.of());
    assertThat(rules.plan(3, 4))
        .isEqualTo(
            new BandwidthPlan(
                3,
                4,
                List.of(
                    new ClassSpec(
                        "bulk",
                        false,
                        new ClassLimits(2, 1 << 20, 0),
                        new ClassLimits(2, 2 << 20, 100 << 10)),
                    ClassSpec.exempt("lan"))));
    assertThat(rules.peers())
        .containsExactly(
            new PeerClass(IpNetwork.parse("192.168.0.0/16").orElseThrow(), "lan"),
            new PeerClass(IpNetwork.parse("2001:db8::7/128").orElseThrow(), "bulk"));
    assertThat(rules.schedule(BandwidthPlan.UNLIMITED)).isEmpty();
  }

  @Test
  void whatAProfileDoesNotSayIsAsUsual() {
    Profile night = profile("night mon-fri 22:00-06:00 up=9M bulk.weight=9 bulk.up=0 downloads=2");
    assertThat(night.name()).isEqualTo("night");
    assertThat(night.bandwidth().down()).isEqualTo(5_000);
    assertThat(night.bandwidth().up()).isEqualTo(9 << 20);
    assertThat(night.bandwidth().classes())
        .containsExactly(
            new ClassSpec(
                "bulk", false, new ClassLimits(9, 1 << 20, 0), new ClassLimits(9, 0, 100 << 10)),
            ClassSpec.exempt("lan"));
    assertThat(night.queue())
        .contains(
            new QueueLimits(
                2, QueueLimits.UNLIMITED, QueueLimits.UNLIMITED, QueueLimits.UNLIMITED));
    assertThat(night.paused()).isFalse();
    assertThat(profile("off sun paused").paused()).isTrue();
    assertThat(profile("off sun paused").queue()).isEqualTo(Optional.empty());
  }

  /** Minutes of the week that are in the profile and just outside of it. */
  @ParameterizedTest
  @CsvSource({
    "mon 10:00-11:00, 600, 599, 660",
    "mon-fri 22:00-06:00, 7559, 7560, 1319",
    "22:00-06:00, 10079, 1319, 360",
    "'sat,sun', 7200, 7199, 0",
    "sat-mon, 1439, 1440, 7199",
    "daily 00:00-24:00, 0, -1, -1",
    "'tue 1:05-2:00 thu,fri 12:00-12:30', 6509, 6510, 1560",
    "mon 23:00-24:00, 1439, 1440, 1379"
  })
  void partsOfTheWeek(String text, int inside, int outside, int other) {
    Profile profile = profile("p " + text);
    assertThat(covers(profile, inside)).isTrue();
    assertThat(outside >= 0 && covers(profile, outside)).isFalse();
    assertThat(other >= 0 && covers(profile, other)).isFalse();
  }

  private static boolean covers(Profile profile, int minute) {
    return profile.spans().stream().anyMatch(span -> span.covers(minute));
  }

  @Test
  void laterProfilesWin() {
    LimitRules rules = profiles("week mon-sun up=1", "noon 12:00-13:00 up=2");
    Schedule schedule = rules.schedule(rules.plan(0, 7)).orElseThrow();
    assertThat(schedule.at(WeekSpan.DAY + 12 * 60).bandwidth().up()).isEqualTo(2);
    assertThat(schedule.at(13 * 60).bandwidth().up()).isEqualTo(1);
    assertThat(schedule.usual().bandwidth()).isEqualTo(rules.plan(0, 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "up=1 bulk",
        "bulk weight=0",
        "bulk weight=x",
        "bulk up=1 up=2",
        "bulk up=fast",
        "bulk up=1K up-min=2K",
        "bulk slow",
        "bulk size=3",
        "bulk weight=9999999"
      })
  void notClasses(String line) {
    refused(List.of(line), List.of(), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lan", "10.0.0.0/8", "10.0.0.0/33 lan", "10.0.0 lan", "::/0 other"})
  void notPeers(String line) {
    refused(CLASSES, List.of(line), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "night",
        "night up=1",
        "night 22:00",
        "night 25:00-26:00",
        "night 12:60-13:00",
        "night mo-fr",
        "night mon- up=1",
        "night daily other.up=1",
        "night daily bulk.up=50K",
        "night daily speed=1",
        "night 24:00-06:00"
      })
  void notProfiles(String line) {
    refused(CLASSES, List.of(), List.of(line));
  }

  private static void refused(List<String> classes, List<String> peers, List<String> profiles) {
    assertThatThrownBy(() -> LimitRules.parse(classes, peers, profiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void twoClassesOfOneNameAreRefused() {
    refused(List.of("a", "a up=1"), List.of(), List.of());
  }
}
