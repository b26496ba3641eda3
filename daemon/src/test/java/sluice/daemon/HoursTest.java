package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** The hours of the alternative limits are set and told in all APIs. */
class HoursTest {
  @TempDir Path temp;

  private static void qbittorrent(TestDaemon daemon, JsonNode preferences) throws Exception {
    String form = "json=" + URLEncoder.encode(Json.text(preferences), StandardCharsets.UTF_8);
    var answer =
        daemon.post(
            "/api/v2/app/setPreferences",
            "application/x-www-form-urlencoded",
            form.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode session(TestDaemon daemon, String method, JsonNode said)
      throws Exception {
    return RealClientsTest.told(daemon, method, said).path("arguments");
  }

  private static void awaitSlow(TestDaemon daemon, boolean slow) throws Exception {
    TestDaemon.await(
        "slow is " + slow,
        () ->
            daemon
                    .told("/api/v2/sync/maindata")
                    .path("server_state")
                    .path("use_alt_speed_limits")
                    .asBoolean()
                == slow);
  }

  @Test
  void whatOneSetsTheOthersTell() throws Exception {
    try (TestDaemon daemon = new TestDaemon(temp)) {
      LocalTime from = LocalTime.now().minusHours(2);
      LocalTime to = LocalTime.now().plusHours(2);
      qbittorrent(
          daemon,
          Json.object()
              .put("scheduler_enabled", true)
              .put("schedule_from_hour", from.getHour())
              .put("schedule_from_min", from.getMinute())
              .put("schedule_to_hour", to.getHour())
              .put("schedule_to_min", to.getMinute())
              .put("scheduler_days", 0));
      awaitSlow(daemon, true);
      JsonNode told = session(daemon, "session-get", Json.object());
      assertThat(told.path("alt-speed-time-enabled").asBoolean()).isTrue();
      assertThat(told.path("alt-speed-enabled").asBoolean()).isTrue();
      assertThat(told.path("alt-speed-time-begin").asInt())
          .isEqualTo(from.getHour() * 60 + from.getMinute());
      assertThat(told.path("alt-speed-time-day").asInt()).isEqualTo(127);

      session(
          daemon,
          "session-set",
          Json.object()
              .put("alt-speed-time-begin", to.getHour() * 60 + to.getMinute())
              .put("alt-speed-time-end", from.getHour() * 60 + from.getMinute())
              .put("alt-speed-time-day", 62));
      awaitSlow(daemon, false);
      JsonNode preferences = daemon.json("/api/v2/app/preferences");
      assertThat(preferences.path("schedule_from_hour").asInt()).isEqualTo(to.getHour());
      assertThat(preferences.path("schedule_to_min").asInt()).isEqualTo(from.getMinute());
      assertThat(preferences.path("scheduler_days").asInt()).isEqualTo(1);
      JsonNode own = daemon.json("/api/v1/settings");
      assertThat(own.path("alternative-by-hour").asBoolean()).isTrue();
      assertThat(own.path("alternative-days").asInt()).isEqualTo(62);

      qbittorrent(daemon, Json.object().put("scheduler_days", 9).put("schedule_from_hour", 24));
      own = daemon.json("/api/v1/settings");
      assertThat(own.path("alternative-days").asInt()).as("sunday").isEqualTo(1);
      assertThat(own.path("alternative-from").asInt())
          .as("there is no such hour")
          .isEqualTo(to.getHour() * 60 + to.getMinute());
    }
  }
}
