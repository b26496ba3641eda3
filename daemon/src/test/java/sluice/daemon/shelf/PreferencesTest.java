package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.client.limit.LimitRules;
import sluice.engine.policy.Profile;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;

/** What users set and what the configuration says hold together. */
class PreferencesTest {
  private static final LimitRules RULES =
      LimitRules.parse(
          List.of("bulk weight=2"), List.of("10.0.0.0/8 bulk"), List.of("night 22:00-06:00 up=1"));

  @TempDir Path temp;

  private Client open() {
    Endpoint here = new Endpoint(InetAddress.getLoopbackAddress(), 0);
    return Client.open(
        ClientConfig.of(EngineConfig.defaults(List.of(here))).keep(temp.resolve("state")));
  }

  private Preferences preferences(Client client, LimitRules rules) throws Exception {
    Roots roots = new Roots(temp, List.of());
    return new Preferences(client, new Labels(temp.resolve("labels.json")), roots, rules);
  }

  @Test
  void limitsThatUsersSetLeaveTheClassesOfTheConfiguration() throws Exception {
    try (Client client = open()) {
      Preferences preferences = preferences(client, RULES);
      preferences.set(
          Map.of(
              Preference.UP_LIMITED,
              1L,
              Preference.UP_LIMIT,
              5_000L,
              Preference.ALTERNATIVE,
              1L,
              Preference.ALTERNATIVE_UP,
              7L));
    }
    try (Client client = open()) {
      BandwidthPlan plan = client.policies().bandwidthPlan().orElseThrow();
      assertThat(plan).isEqualTo(RULES.plan(0, 5_000));
      Profile chosen = client.policies().chosen().orElseThrow();
      assertThat(chosen.bandwidth().up()).isEqualTo(7);
      assertThat(chosen.bandwidth().classes()).isEqualTo(RULES.classes());
      assertThat(client.policies().peerClassRules()).isEqualTo(RULES.peers());
      assertThat(client.policies().schedule()).isEqualTo(RULES.schedule(plan));
    }
  }

  @Test
  void whatTheConfigurationLeavesOutIsForgotten() throws Exception {
    try (Client client = open()) {
      preferences(client, RULES);
    }
    try (Client client = open()) {
      preferences(client, LimitRules.NONE);
    }
    try (Client client = open()) {
      assertThat(client.policies().bandwidthPlan()).contains(BandwidthPlan.UNLIMITED);
      assertThat(client.policies().peerClassRules()).isEmpty();
      assertThat(client.policies().schedule()).isEmpty();
    }
  }
}
