package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.announce.AnnounceWorld.reply;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trackers that a user changes, and announces that a user asks for. */
class TrackerChangesTest {
  private static final String A = "http://a.example/announce";
  private static final String B = "http://b.example/announce";
  private static final String C = "http://c.example/announce";
  private final AnnounceWorld world = new AnnounceWorld();

  /** What was sent where. */
  private List<String> sent() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < world.http.requests.size(); i++) {
      String host = world.http.requests.get(i).uri().getHost().substring(0, 1);
      sent.add(host + " " + world.http.parameter(i, "event"));
    }
    return sent;
  }

  @Test
  void whoIsNotAmongThemAnyMoreIsToldGoodbye() {
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(A);
    announcer.start();
    world.loop.runSeconds(1);
    announcer.trackers(List.of(List.of(B)));
    world.loop.runSeconds(1);
    assertThat(sent()).containsExactly("a started", "a stopped", "b started");
    announcer.trackers(List.of());
    world.loop.runSeconds(4_000);
    assertThat(sent()).hasSize(4).endsWith("b stopped");
  }

  @Test
  void whoIsStillAmongThemIsNotToldThatWeStart() {
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(A);
    announcer.start();
    world.loop.runSeconds(1);
    announcer.trackers(List.of(List.of(A), List.of(B)));
    world.loop.runSeconds(1);
    assertThat(sent()).containsExactly("a started", "a ");
  }

  @Test
  void allAreToldIfThatIsWanted() {
    world.toAll = true;
    world.http.script(r -> reply(1_800, 200));
    Announcer announcer = world.announcer(List.of(List.of(A), List.of(B)));
    announcer.start();
    world.loop.runSeconds(1);
    assertThat(sent()).containsExactly("a started", "b started");
    announcer.trackers(List.of(List.of(B), List.of(C)));
    world.loop.runSeconds(1);
    assertThat(sent()).hasSize(4).endsWith("a stopped", "c started");
    announcer.completed();
    world.loop.runSeconds(1);
    assertThat(sent()).hasSize(6).endsWith("b completed", "c completed");
    announcer.stop(() -> {});
    world.loop.runSeconds(5);
    assertThat(sent()).hasSize(8).endsWith("b stopped", "c stopped");
  }

  @Test
  void usersNeedNotWait() {
    world.http.script(r -> reply(1_800, 1_800));
    Announcer announcer = world.announcer(A);
    announcer.again();
    announcer.start();
    announcer.again();
    world.loop.runSeconds(1);
    assertThat(sent()).as("one round at a time").containsExactly("a started");
    announcer.again();
    world.loop.runSeconds(1);
    assertThat(sent()).containsExactly("a started", "a ");
    announcer.stop(() -> {});
    announcer.again();
    world.loop.runSeconds(10);
    assertThat(sent()).hasSize(3);
  }
}
