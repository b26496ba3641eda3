package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Fault;
import sluice.engine.session.TorrentSnapshot.Phase;

class ErrandTest {
  private static final Outcome DONE = new Outcome.Done();
  private final EngineWorld world = EngineWorld.seeding();

  @Test
  void aTorrentThatRunsGoesOnWhileItsFilesAreMoved() {
    FakePipe peer = world.net.comeIn(0, Hosts.host(2));
    world.greet(peer, 2, world.infoHash());
    world.storage.log.clear();
    assertThat(world.command(new Command.Move("there"))).isEqualTo(DONE);
    assertThat(world.storage.log).containsSubsequence("move there", "delete old");
    assertThat(world.events)
        .contains(new EngineEvent.Moving(world.content.metainfo().info().hashes(), 5, 10));
    assertThat(world.storage.log).doesNotContain("close");
    assertThat(peer.isClosed()).isFalse();
    assertThat(world.phase()).isEqualTo(Phase.SEEDING);
  }

  @Test
  void theFilesOfAStoppedTorrentAreOpenedForIt() {
    world.command(new Command.Stop());
    world.storage.log.clear();
    assertThat(world.command(new Command.RenameFile(0, List.of("other")))).isEqualTo(DONE);
    assertThat(world.storage.log).first().asString().startsWith("rename 0");
    assertThat(world.storage.log).endsWith("close").doesNotContain("check", "prepare");
    assertThat(world.storage.renamed()).containsEntry(0, List.of("other"));
    assertThat(world.phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void filesThatAreFoundElsewhereAreChecked() {
    world.storage.log.clear();
    assertThat(world.command(new Command.Find("there"))).isEqualTo(DONE);
    world.loop.runSeconds(1);
    assertThat(world.storage.log).containsSubsequence("close", "find there", "close", "check");
    assertThat(world.phase()).isEqualTo(Phase.SEEDING);
    world.command(new Command.Stop());
    assertThat(world.command(new Command.Find("elsewhere"))).isEqualTo(DONE);
    assertThat(world.phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void changesAreDoneInTheirOrder() {
    world.storage.hold();
    var hashes = world.content.metainfo().info().hashes();
    var first = world.engine.command(hashes, new Command.Move("a"));
    var second = world.engine.command(hashes, new Command.Move("b"));
    world.loop.runSeconds(1);
    assertThat(first.toCompletableFuture()).isNotDone();
    world.storage.resume();
    world.loop.runSeconds(1);
    assertThat(first.toCompletableFuture()).isCompletedWithValue(DONE);
    assertThat(second.toCompletableFuture()).isCompletedWithValue(DONE);
    assertThat(world.storage.log)
        .containsSubsequence("move a", "delete old", "move b", "delete old");
  }

  @Test
  void whatIsAskedForWhileItIsOpenedIsDoneOnceItRuns() {
    EngineWorld slow = new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
    slow.storage.fill();
    TorrentSource source =
        handler ->
            slow.loop.after(
                1_000_000_000L, () -> handler.onOpened(slow.content.metainfo(), slow.storage));
    var hashes = slow.content.metainfo().info().hashes();
    slow.engine.start();
    slow.engine.add(new TorrentSpec(hashes, source, true, true, false, List.of(), 0, 0));
    var moved = slow.engine.command(hashes, new Command.Move("a"));
    slow.loop.runSeconds(5);
    assertThat(moved.toCompletableFuture()).isCompletedWithValue(DONE);
    assertThat(slow.storage.log).containsSubsequence("check", "move a", "delete old");
  }

  @Test
  void tooManyChangesAreRefused() {
    world.storage.hold();
    var hashes = world.content.metainfo().info().hashes();
    for (int i = 0; i < Errands.MAX_WAITING; i++) {
      world.engine.command(hashes, new Command.Move("a" + i));
    }
    assertThat(world.command(new Command.Move("b"))).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void theFilesAreDeletedAfterTheRun() {
    assertThat(world.command(new Command.Erase())).isEqualTo(DONE);
    assertThat(world.storage.log).containsSubsequence("close", "delete", "close");
    assertThat(world.engine.snapshot()).isEmpty();
    assertThat(world.events).hasAtLeastOneElementOfType(EngineEvent.Removed.class);
  }

  @Test
  void aTorrentWhoseFilesCannotBeDeletedIsCheckedAndGoesOn() {
    world.storage.deleteFault = java.util.Optional.of(new Fault(Fault.Kind.NO_PERMISSION, "no"));
    assertThat(world.command(new Command.Erase())).isInstanceOf(Outcome.Failed.class);
    assertThat(world.phase()).isEqualTo(Phase.SEEDING);
    assertThat(world.storage.log).filteredOn("check"::equals).hasSize(2);
  }

  @Test
  void whatWaitsIsGivenUpAtTheEnd() {
    world.storage.hold();
    var hashes = world.content.metainfo().info().hashes();
    var first = world.engine.command(hashes, new Command.Move("a"));
    var second = world.engine.command(hashes, new Command.Move("b"));
    world.loop.runSeconds(1);
    var stopped = world.engine.stop();
    world.loop.runSeconds(1);
    assertThat(second.toCompletableFuture())
        .isCompletedWithValueMatching(o -> o instanceof Outcome.Failed);
    assertThat(stopped.toCompletableFuture()).isNotDone();
    world.storage.resume();
    world.loop.runSeconds(5);
    assertThat(world.storage.log).contains("cancel move");
    assertThat(first.toCompletableFuture()).isDone();
    assertThat(stopped.toCompletableFuture()).isDone();
  }
}
