package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.limit.LimitRules;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;

/** The alternative limits begin and end by the hour, and users turn them in between. */
class SlowHoursTest {
  private static final int WEEKDAYS = 62;

  @TempDir Path temp;

  /** At an hour of the week that begins on Monday, the second of June. */
  private static LocalDateTime at(int day, int hour, int minute) {
    return LocalDateTime.of(2025, 6, 1 + day, hour, minute);
  }

  @Test
  void daysAreThoseOnWhichTheHoursBegin() {
    assertThat(SlowHours.covers(WEEKDAYS, 540, 1_020, at(1, 9, 0))).isTrue();
    assertThat(SlowHours.covers(WEEKDAYS, 540, 1_020, at(1, 8, 59))).isFalse();
    assertThat(SlowHours.covers(WEEKDAYS, 540, 1_020, at(5, 16, 59))).isTrue();
    assertThat(SlowHours.covers(WEEKDAYS, 540, 1_020, at(5, 17, 0))).isFalse();
    assertThat(SlowHours.covers(WEEKDAYS, 540, 1_020, at(6, 12, 0))).isFalse();
    assertThat(SlowHours.covers(1, 540, 1_020, at(7, 12, 0))).as("sunday").isTrue();
    assertThat(SlowHours.covers(0, 540, 1_020, at(7, 12, 0))).as("no day").isFalse();
    // Friday's night ends on Saturday, and Sunday's on Monday.
    assertThat(SlowHours.covers(1 << 5, 1_320, 360, at(6, 5, 59))).isTrue();
    assertThat(SlowHours.covers(1 << 5, 1_320, 360, at(5, 5, 59))).isFalse();
    assertThat(SlowHours.covers(1, 1_320, 360, at(1, 5, 59))).isTrue();
  }

  @Test
  void usersTurnThemUntilTheNextHourThatIsSet() throws Exception {
    Endpoint here = new Endpoint(InetAddress.getLoopbackAddress(), 0);
    AtomicReference<LocalDateTime> now = new AtomicReference<>(at(1, 8, 0));
    try (Client client = Client.open(ClientConfig.of(EngineConfig.defaults(List.of(here))))) {
      Preferences preferences =
          new Preferences(
              client,
              new Labels(temp.resolve("labels.json")),
              new Roots(temp, List.of()),
              LimitRules.NONE);
      SlowHours hours = new SlowHours(preferences, now::get);
      preferences.set(Preference.ALTERNATIVE, 1);
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).as("no hours are set").isTrue();
      preferences.set(
          Map.of(
              Preference.ALTERNATIVE_BY_HOUR, 1L,
              Preference.ALTERNATIVE_FROM, 540L,
              Preference.ALTERNATIVE_TO, 1_020L));
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).as("it is too early").isFalse();
      now.set(at(1, 9, 0));
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).isTrue();
      preferences.set(Preference.ALTERNATIVE, 0);
      now.set(at(1, 9, 1));
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).as("the user turned it").isFalse();
      preferences.set(Preference.ALTERNATIVE_FROM, 480);
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).as("other hours").isTrue();
      now.set(at(1, 17, 0));
      hours.look();
      assertThat(preferences.is(Preference.ALTERNATIVE)).as("it is over").isFalse();
    }
  }
}
