package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeHttp;

/** Owners of hosts say by the DNS where trackers are (BEP 34). */
class PreferencesTest {
  private static final String HOST = "tracker.example";

  private final AnnounceWorld world = new AnnounceWorld();

  @Test
  void whoWantsNoAnnouncesGetsNone() {
    world.resolver.say(HOST, "v=spf1 -all", "BITTORRENT");
    world.announcer("http://" + HOST + "/announce").start();
    world.loop.runSeconds(3);
    assertThat(world.http.requests).isEmpty();
    assertThat(world.heard)
        .containsExactly(
            "failure http://tracker.example/announce the owner of the host wants no announces");
  }

  @Test
  void portsAreTriedInTheirOrder() {
    world.resolver.say(HOST, "BITTORRENT TCP:8080 TCP:81");
    world.http.script(request ->
        request.uri().getPort() == 81
            ? AnnounceWorld.reply(1_800, 60)
            : AnnounceWorld.failure("closed"));
    world.announcer("http://" + HOST + ":80/x/announce?k=1").start();
    world.loop.runSeconds(3);
    assertThat(world.http.requests)
        .extracting(request -> request.uri().getAuthority() + request.uri().getPath())
        .containsExactly(HOST + ":8080/x/announce", HOST + ":81/x/announce");
    assertThat(world.heard).containsExactly("peers http://tracker.example:80/***/announce?*** 1");
  }

  @Test
  void whoWantsDatagramsGetsThem() {
    world.resolver.say(HOST, "BITTORRENT UDP:6969");
    world.resolver.put(HOST, "192.0.2.9");
    world.announcer("http://" + HOST + "/announce").start();
    world.loop.runSeconds(3);
    assertThat(world.http.requests).isEmpty();
    assertThat(world.udp.sent).extracting(sent -> sent.to().port()).contains(6_969);
  }

  @Test
  void anAnswerIsKeptAnHourAndLiteralsAreNotAskedAbout() {
    world.http.script(request -> AnnounceWorld.reply(600, 60));
    world.announcer(List.of(List.of("http://" + HOST + "/announce"))).start();
    world.announcer("http://192.0.2.1/announce").start();
    world.loop.runSeconds(3_000);
    assertThat(world.http.requests).hasSizeGreaterThan(6);
    assertThat(world.resolver.asked).containsExactly(HOST);
    world.loop.runSeconds(1_500);
    assertThat(world.resolver.asked).hasSize(2);
  }

  /** A port that the guard does not let through on this machine is not reached by this way. */
  @Test
  void namesOfThisMachineAreNotAskedAbout() {
    world.http.script(request -> new FakeHttp.Reply(200, "d8:intervali600e5:peers0:e"));
    world.announcer("http://localhost/announce").start();
    world.loop.runSeconds(3);
    assertThat(world.resolver.asked).isEmpty();
  }
}
