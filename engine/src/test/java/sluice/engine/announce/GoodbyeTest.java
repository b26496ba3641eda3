package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.announce.AnnounceWorld.failure;
import static sluice.engine.announce.AnnounceWorld.reply;

import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeHttp;

class GoodbyeTest {
  private static final String A = "http://a.example/announce";
  private static final String B = "http://b.example/announce";
  private final AnnounceWorld world = new AnnounceWorld();
  private int done;

  @Test
  void trackersThatListUsAreToldAndNothingFollows() {
    world.http.script(r -> r.uri().getHost().equals("a.example") ? failure("no") : reply(600, 60));
    Announcer announcer =
        world.announcer(java.util.List.of(java.util.List.of(A), java.util.List.of(B)));
    announcer.start();
    world.loop.runSeconds(10);
    announcer.stop(() -> done++);
    world.loop.runSeconds(1);
    assertThat(done).isEqualTo(1);
    assertThat(world.http.asked()).containsExactly(A, B, B);
    assertThat(world.http.parameter(2, "event")).isEqualTo("stopped");
    assertThat(world.http.parameter(2, "numwant")).isEqualTo("0");
    announcer.completed();
    announcer.wantPeers();
    world.loop.runSeconds(10_000);
    assertThat(world.http.requests).hasSize(3);
    assertThat(world.loop.waiting()).isZero();
  }

  @Test
  void aSilentTrackerHoldsTheGoodbyeForThreeSeconds() {
    world.http.script(r -> reply(600, 60));
    Announcer announcer = world.announcer(A);
    announcer.start();
    world.loop.runSeconds(1);
    world.http.script(r -> new FakeHttp.Silence());
    announcer.stop(() -> done++);
    announcer.stop(() -> done++);
    world.loop.run(2_999_999_999L);
    assertThat(done).isZero();
    world.loop.run(1);
    assertThat(done).isEqualTo(2);
    announcer.stop(() -> done++);
    world.loop.runSeconds(100);
    assertThat(done).isEqualTo(3);
    assertThat(world.http.requests).hasSize(2);
  }

  @Test
  void anAnnounceUnderWayIsTakenBackAndItsAnswerIgnored() {
    world.http.script(r -> reply(600, 60));
    Announcer announcer = world.announcer(A);
    announcer.start();
    announcer.stop(() -> done++);
    world.loop.runSeconds(1_000);
    assertThat(done).isEqualTo(1);
    assertThat(world.heard).isEmpty();
    assertThat(world.http.requests).hasSize(2);
  }
}
