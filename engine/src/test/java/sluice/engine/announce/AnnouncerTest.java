package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.announce.AnnounceWorld.failure;
import static sluice.engine.announce.AnnounceWorld.reply;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeHttp;

class AnnouncerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String A = "http://a.example/announce";
  private final AnnounceWorld world = new AnnounceWorld();

  private List<Long> seconds() {
    long first = world.http.times.getFirst();
    return world.http.times.stream().map(t -> (t - first) / SECOND).toList();
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < world.http.requests.size(); i++) {
      events.add(world.http.parameter(i, "event"));
    }
    return events;
  }

  @Test
  void startsThenFollowsTheInterval() {
    world.http.script(r -> reply(900, 300));
    world.announcer(A).start();
    world.loop.runSeconds(1_810);
    assertThat(seconds()).containsExactly(0L, 900L, 1_800L);
    assertThat(events()).containsExactly("started", "", "");
    assertThat(world.http.parameter(0, "port")).isEqualTo("6881");
    assertThat(world.http.parameter(0, "left")).isEqualTo("1000");
    assertThat(world.http.parameter(0, "key")).isEqualTo(world.http.parameter(1, "key")).hasSize(8);
    assertThat(world.peers.getFirst()).hasToString("1.2.3.4:1286");
    assertThat(world.heard.getFirst()).isEqualTo("peers http://a.example/announce 1");
  }

  @Test
  void senselessIntervalsAreClamped() {
    world.http.script(r -> reply(1, 0));
    world.announcer(A).start();
    world.loop.runSeconds(61);
    assertThat(seconds()).containsExactly(0L, 30L, 60L);
    AnnounceWorld lazy = new AnnounceWorld();
    lazy.http.script(r -> reply(80_000, 70_000));
    lazy.announcer(A).start();
    lazy.loop.runSeconds(3_601);
    assertThat(lazy.http.requests).hasSize(2);
  }

  @Test
  void wantingPeersHonoursTheMinimumInterval() {
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(A);
    announcer.wantPeers();
    announcer.start();
    world.loop.runSeconds(10);
    announcer.wantPeers();
    announcer.wantPeers();
    world.loop.runSeconds(400);
    assertThat(seconds()).containsExactly(0L, 200L);
    announcer.wantPeers();
    world.loop.runSeconds(1);
    assertThat(seconds()).containsExactly(0L, 200L, 410L);
  }

  @Test
  void completedIsToldExactlyOnce() {
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(A);
    announcer.start();
    announcer.completed();
    announcer.completed();
    world.loop.runSeconds(1);
    announcer.completed();
    world.loop.runSeconds(4_000);
    assertThat(events()).containsExactly("started", "completed", "", "");
    assertThat(seconds()).containsExactly(0L, 0L, 1_800L, 3_600L);
  }

  @Test
  void whoIsCompleteAtTheStartNeverCompletes() {
    world.stats = new Announcer.Stats(0, 0, 0, false);
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(A);
    announcer.start();
    announcer.completed();
    world.loop.runSeconds(2_000);
    assertThat(events()).containsExactly("started", "");
  }

  @Test
  void partialSeedsSayThatTheyPause() {
    world.stats = new Announcer.Stats(0, 0, 5, true);
    world.http.script(r -> reply(100, 100));
    world.announcer(A).start();
    world.loop.runSeconds(101);
    assertThat(events()).containsExactly("started", "paused");
  }

  @Test
  void failuresBackOffAndStartedIsRepeated() {
    world.http.script(r -> failure("closed\r\n\u0007for tea"));
    world.announcer(A).start();
    world.loop.runSeconds(6_000);
    assertThat(seconds().subList(0, 11))
        .containsExactly(0L, 5L, 20L, 50L, 110L, 230L, 530L, 1_130L, 2_330L, 4_130L, 5_931L);
    assertThat(events()).containsOnly("started");
    assertThat(world.heard.getFirst())
        .isEqualTo("failure http://a.example/announce closed\ufffd\ufffd\ufffdfor tea");
    world.http.script(r -> reply(1_800, 60));
    world.loop.runSeconds(1_800 + 1_801);
    assertThat(events().subList(11, 13)).containsExactly("started", "");
  }

  @Test
  void theRestOfATierIsTriedAndWhatWorksComesFirst() {
    String b = "http://b.example/announce";
    String c = "http://c.example/announce";
    world.http.script(
        r -> r.uri().getHost().equals("b.example") ? reply(1_800, 60) : failure("no"));
    world.announcer(List.of(List.of(A), List.of(A, b), List.of(c))).start();
    world.loop.runSeconds(1_900);
    assertThat(world.http.asked()).containsExactly(A, b, A, b);
    AnnounceWorld one = new AnnounceWorld();
    one.http.script(r -> r.uri().getHost().equals("c.example") ? reply(1_800, 60) : failure("no"));
    one.announcer(A, b, c).start();
    one.loop.runSeconds(1);
    int tries = one.http.requests.size();
    one.loop.runSeconds(1_900);
    assertThat(one.http.asked()).hasSize(tries + 1).endsWith(c, c);
  }

  @Test
  void eachSeedShufflesATierItsOwnWay() {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      urls.add("http://t" + i + ".example/announce");
    }
    List<List<String>> orders = new ArrayList<>();
    for (int seed = 0; seed < 5; seed++) {
      AnnounceWorld one = new AnnounceWorld();
      one.seed = seed;
      one.http.script(r -> failure("no"));
      one.announcer(List.of(urls, List.of("http://last.example/announce"))).start();
      one.loop.runSeconds(2);
      assertThat(one.http.asked().getLast()).isEqualTo("http://last.example/announce");
      assertThat(one.http.asked().subList(0, 10)).containsExactlyInAnyOrderElementsOf(urls);
      orders.add(one.http.asked());
    }
    assertThat(orders).doesNotHaveDuplicates();
  }

  @Test
  void aTrackerMayAskForALongerPauseOrForever() {
    String b = "http://b.example/announce";
    world.http.script(r ->
        new FakeHttp.Reply(
            200,
            r.uri().getHost().equals("a.example")
                ? "d14:failure reason2:no8:retry ini10ee"
                : "d14:failure reason2:no8:retry in5:nevere"));
    world.announcer(List.of(List.of(A), List.of(b))).start();
    world.loop.runSeconds(599);
    assertThat(world.http.asked()).containsExactly(A, b);
    world.loop.runSeconds(600);
    assertThat(world.http.asked()).containsExactly(A, b, A);
  }

  @Test
  void trackerIdsAreSentBack() {
    world.http.script(r -> new FakeHttp.Reply(200, "d8:intervali60e5:peers0:10:tracker id3:xyze"));
    world.announcer(A).start();
    world.loop.runSeconds(61);
    assertThat(world.http.parameter(0, "trackerid")).isEmpty();
    assertThat(world.http.parameter(1, "trackerid")).isEqualTo("xyz");
  }

  @Test
  void hybridsAnnounceBothHashes() {
    world.hashes = List.of(AnnounceWorld.HASH, AnnounceWorld.OTHER_HASH);
    world.http.script(r -> reply(1_800, 60));
    Announcer announcer = world.announcer(A);
    announcer.start();
    world.loop.runSeconds(1);
    announcer.completed();
    world.loop.runSeconds(1);
    assertThat(events()).containsExactly("started", "started", "completed", "completed");
    assertThat(world.http.parameter(0, "info_hash"))
        .isNotEqualTo(world.http.parameter(1, "info_hash"));
    assertThat(world.http.parameter(0, "key")).isEqualTo(world.http.parameter(1, "key"));
  }

  @Test
  void aNameIsAnnouncedToInBothFamiliesAndALiteralInItsOwn() {
    world.families = List.of(Family.IPV4, Family.IPV6);
    world.http.script(r -> r.ipv6().orElse(false) ? failure("no v6") : reply(1_800, 60));
    world.announcer(A).start();
    world.loop.runSeconds(1);
    assertThat(world.http.requests)
        .extracting(r -> r.ipv6().orElseThrow())
        .containsExactly(false, true);
    assertThat(world.http.parameter(0, "key")).isEqualTo(world.http.parameter(1, "key"));
    assertThat(world.heard).containsExactly("peers http://a.example/announce 1");
    world.announcer("http://192.0.2.7/announce").start();
    world.loop.runSeconds(1);
    assertThat(world.http.requests).hasSize(3);
    assertThat(world.http.requests.getLast().ipv6()).isEmpty();
  }

  @Test
  void httpErrorsAndNonsenseAreFailures() {
    world.http.script(r -> new FakeHttp.Reply(503, "<html>"));
    world.announcer(A).start();
    world.loop.runSeconds(1);
    world.http.script(r -> new FakeHttp.Reply(200, "<html>"));
    world.loop.runSeconds(6);
    world.http.script(r -> new FakeHttp.Silence());
    world.loop.runSeconds(60);
    assertThat(world.heard.get(0)).isEqualTo("failure " + A + " HTTP status 503");
    assertThat(world.heard.get(1)).startsWith("failure " + A + " not a tracker's answer");
    assertThat(world.heard.get(2)).isEqualTo("failure " + A + " no answer in time");
  }

  @Test
  void loopbackPeersAreTakenFromLoopbackTrackersOnly() {
    FakeHttp.Reply near = new FakeHttp.Reply(200, "d8:intervali60e5:peers6:\177\0\0\1\1\1e");
    world.http.script(r -> near);
    world.announcer(A).start();
    world.loop.runSeconds(1);
    assertThat(world.peers).isEmpty();
    world.announcer("http://127.0.0.1:6969/announce").start();
    world.loop.runSeconds(1);
    assertThat(world.peers).hasSize(1);
  }

  @Test
  void whatMayNotBeAskedIsSaid() {
    world.announcer("http://127.0.0.1:9091/rpc?method=stop").start();
    world.loop.runSeconds(100);
    assertThat(world.http.requests).isEmpty();
    assertThat(world.heard).hasSize(1);
    assertThat(world.heard.getFirst())
        .startsWith("failure http://127.0.0.1:9091/rpc?*** not asked");
  }

  @Test
  void unknownSchemesAreSkipped() {
    Announcer announcer = world.announcer("wss://a.example/announce", "dht://x", "nonsense", "");
    announcer.start();
    announcer.completed();
    announcer.wantPeers();
    world.loop.runSeconds(100);
    assertThat(world.heard).isEmpty();
    List<String> done = new ArrayList<>();
    announcer.stop(() -> done.add("done"));
    assertThat(done).isEmpty();
    world.loop.run(0);
    assertThat(done).hasSize(1);
    assertThat(world.loop.waiting()).isZero();
  }
}
