package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.lsd.LsdMessage;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.Message;

/** A complete torrent is closed and its announces go on. */
class StandbyTest {
  private static final String NOBODY = "d8:intervali1800e12:min intervali900e5:peers0:e";
  private static final String SOMEBODY = "d8:intervali1800e5:peers6:\1\2\3\4\5\6e";

  private final EngineWorld world =
      new EngineWorld(
          EngineConfig.defaults(List.of(Hosts.any(6_881))).lsd(true),
          Content.of(4, 2).announced("http://t.example/announce"));
  private final CountedSource source = CountedSource.kept(world);

  @BeforeEach
  void start() {
    answer(NOBODY);
    world.storage.fill();
    world.engine.start();
    world.engine.add(
        new TorrentSpec(
            world.content.metainfo().info().hashes(), source, true, true, true, List.of(), 0, 0));
    world.loop.runSeconds(10);
    assertThat(world.storage.log).endsWith("close");
    assertThat(events()).containsExactly("started");
  }

  private void answer(String body) {
    world.http.script(r -> new FakeHttp.Reply(200, body));
  }

  private List<String> events() {
    return IntStream.range(0, world.http.requests.size())
        .mapToObj(i -> world.http.parameter(i, "event"))
        .toList();
  }

  @Test
  void announcesGoOnWhileNothingIsOpen() {
    world.loop.runSeconds(2 * 1_800);
    assertThat(source.opened()).isOne();
    assertThat(events()).containsExactly("started", "", "");
    assertThat(world.http.parameter(2, "left")).isEqualTo("0");
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
  }

  @Test
  void whatWasSentToAPeerStaysTold() {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(2));
    world.greet(pipe, 2, world.infoHash());
    world.loop.runSeconds(2);
    assertThat(source.opened()).as("for the peer").isEqualTo(2);
    assertThat(events()).as("no second start").hasSize(1);
    FarPeer peer = new FarPeer(pipe);
    peer.say(new Message.Interested());
    world.loop.runSeconds(15);
    peer.say(new Message.Request(0, 0, 16_384));
    world.loop.runSeconds(5);
    pipe.reset();
    world.loop.runSeconds(90);
    assertThat(world.storage.log).endsWith("close");
    world.loop.runSeconds(2 * 1_800);
    for (int i = 1; i < 3; i++) {
      assertThat(world.http.parameter(i, "uploaded")).isEqualTo("16384");
    }
  }

  @Test
  void itIsOpenedForPeersThatATrackerNames() {
    answer(SOMEBODY);
    world.loop.runSeconds(1_805);
    assertThat(source.opened()).isEqualTo(2);
    assertThat(world.net.dials).isNotEmpty();
    world.loop.runSeconds(90);
    assertThat(world.storage.log).as("in vain").endsWith("close");
  }

  @Test
  void itIsOpenedForWhoTellsOfItInTheLocalNetwork() {
    Hash other = Hash.sha1(new byte[] {1});
    world.net.room.say(Hosts.host(4), new LsdMessage(7_000, List.of(other), Optional.empty()));
    world.loop.runSeconds(2);
    assertThat(source.opened()).isOne();
    LsdMessage ours = new LsdMessage(7_000, List.of(world.infoHash()), Optional.of("theirs"));
    world.net.room.say(Hosts.host(4), ours);
    world.loop.runSeconds(2);
    assertThat(source.opened()).isEqualTo(2);
    assertThat(world.net.dials)
        .extracting(FakeNet.Dial::remote)
        .containsExactly(Hosts.host(4, 7_000));
  }

  @Test
  void itIsOpenedForPeersThatTheUserNames() {
    assertThat(offered(Hosts.host(3))).isEqualTo(new Outcome.Done());
    assertThat(source.opened()).isEqualTo(2);
    assertThat(world.net.dials).isNotEmpty();
  }

  private Outcome offered(Endpoint peer) {
    CompletionStage<Outcome> told =
        world.engine.offer(world.content.metainfo().info().hashes(), List.of(peer));
    world.loop.runSeconds(2);
    return told.toCompletableFuture().join();
  }

  @Test
  void itSaysGoodbyeWhenItIsStopped() {
    assertThat(world.command(new Command.Stop())).isEqualTo(new Outcome.Done());
    assertThat(events()).containsExactly("started", "stopped");
    assertThat(source.opened()).isOne();
    world.loop.runSeconds(4_000);
    assertThat(events()).hasSize(2);
    world.command(new Command.Start());
    assertThat(events()).as("its turn again").containsExactly("started", "stopped", "started");
  }

  @Test
  void theTimeThatItStandsClosedIsTimeOfSeeding() {
    InfoHashes hashes = world.content.metainfo().info().hashes();
    ShareRule day =
        new ShareRule(
            Bound.inherit(),
            Bound.at(Duration.ofHours(24).toNanos()),
            Bound.inherit(),
            Optional.of(ShareAction.STOP));
    world.engine.share(hashes, day);
    world.loop.runSeconds(23 * 3_600);
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    assertThat(source.opened()).isOne();
    world.loop.runSeconds(3_700);
    assertThat(source.opened()).isEqualTo(2);
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
    assertThat(world.engine.snapshot().getFirst().seedingNanos())
        .isBetween(Duration.ofHours(24).toNanos(), Duration.ofMinutes(24 * 60 + 3).toNanos());
  }

  @Test
  void itSaysGoodbyeWhenTheSessionEnds() {
    world.engine.stop();
    world.loop.runSeconds(5);
    assertThat(events()).containsExactly("started", "stopped");
  }
}
