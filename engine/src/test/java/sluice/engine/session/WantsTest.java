package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.session.TorrentSnapshot.Phase;

class WantsTest {
  private static final Outcome DONE = new Outcome.Done();
  private static final FileSelection NOTHING = new FileSelection(List.of(Priority.SKIP));

  private static EngineWorld leeching() {
    EngineWorld world = new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
    world.engine.start();
    world.add();
    world.loop.runSeconds(1);
    return world;
  }

  @Test
  void aTorrentOfWhichNothingIsWantedIsComplete() {
    EngineWorld world = leeching();
    assertThat(world.phase()).isEqualTo(Phase.DOWNLOADING);
    assertThat(world.command(new Command.Select(NOTHING))).isEqualTo(DONE);
    assertThat(world.phase()).isEqualTo(Phase.SEEDING);
    assertThat(world.events).hasAtLeastOneElementOfType(EngineEvent.Completed.class);
    assertThat(world.command(new Command.Select(FileSelection.ALL))).isEqualTo(DONE);
    assertThat(world.phase()).isEqualTo(Phase.DOWNLOADING);
    assertThat(world.storage.log).containsSubsequence("select {}", "select {0}", "prepare");
  }

  @Test
  void aStoppedTorrentBeginsWithWhatWasWantedMeanwhile() {
    EngineWorld world = leeching();
    world.command(new Command.Stop());
    assertThat(world.command(new Command.Select(NOTHING))).isEqualTo(DONE);
    assertThat(world.storage.log).noneMatch(l -> l.startsWith("select"));
    world.storage.log.clear();
    world.command(new Command.Start());
    assertThat(world.storage.log).startsWith("select {}").doesNotContain("prepare");
    assertThat(world.phase()).isEqualTo(Phase.SEEDING);
  }

  @Test
  void everythingIsSaidToTheStorageAfterSomethingElseWas() {
    EngineWorld world = leeching();
    world.command(new Command.Select(NOTHING));
    world.command(new Command.Stop());
    world.command(new Command.Select(FileSelection.ALL));
    world.storage.log.clear();
    world.command(new Command.Start());
    assertThat(world.storage.log).startsWith("select {0}");
    assertThat(world.phase()).isEqualTo(Phase.DOWNLOADING);
  }

  @Test
  void piecesAreDueWhileItRuns() {
    EngineWorld world = leeching();
    Command due = new Command.Due(3, Duration.ofSeconds(9));
    assertThat(world.command(due)).isEqualTo(DONE);
    assertThat(world.command(new Command.Due(4, Duration.ZERO)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(world.command(new Command.NothingDue())).isEqualTo(DONE);
    world.command(new Command.Stop());
    assertThat(world.command(due)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aSeedThatShowsOnePieceAtATimeGreetsLikeOneWithoutAny() {
    EngineWorld world = EngineWorld.seeding();
    assertThat(world.command(new Command.SuperSeed(true))).isEqualTo(DONE);
    assertThat(greeting(world, 2)).as("have none").contains((byte) 15).doesNotContain((byte) 14);
    world.command(new Command.Stop());
    world.command(new Command.Start());
    assertThat(greeting(world, 3)).as("in the next run").contains((byte) 15);
    assertThat(world.command(new Command.SuperSeed(false))).isEqualTo(DONE);
    assertThat(greeting(world, 4)).as("have all").contains((byte) 14);
  }

  /** The kinds of the messages that a seed greets with, of those without content. */
  private static List<Byte> greeting(EngineWorld world, int peer) {
    FakePipe pipe = world.net.comeIn(0, Hosts.host(peer));
    world.greet(pipe, peer, world.infoHash());
    byte[] said = pipe.take();
    List<Byte> kinds = new java.util.ArrayList<>();
    for (int at = 68; at + 4 < said.length; ) {
      int length = java.nio.ByteBuffer.wrap(said).getInt(at);
      if (length == 1) {
        kinds.add(said[at + 4]);
      }
      at += 4 + length;
    }
    return kinds;
  }
}
