package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What changed, told to those who ask again and again. */
class SnapshotsTest {
  @Test
  void onlyWhatChangedIsTold() {
    EngineWorld world = EngineWorld.seeding();
    SnapshotChanges all = world.engine.changes(0);
    assertThat(all.full()).isTrue();
    assertThat(all.changed()).isEqualTo(world.engine.snapshot());

    SnapshotChanges nothing = world.engine.changes(all.version());
    assertThat(nothing).isEqualTo(new SnapshotChanges(all.version(), false, java.util.List.of()));

    world.command(new Command.Stop());
    SnapshotChanges stopped = world.engine.changes(all.version());
    assertThat(stopped.full()).isFalse();
    assertThat(stopped.changed()).hasSize(1);
    assertThat(stopped.changed().getFirst().phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
    world.loop.runSeconds(5);
    assertThat(world.engine.changes(stopped.version()).changed()).isEmpty();

    assertThat(world.engine.changes(stopped.version() + 1).full()).as("of another run").isTrue();
  }

  @Test
  void whoHasMissedTooMuchOrARemovalIsToldEverything() {
    EngineWorld world = EngineWorld.seeding();
    long seen = world.engine.changes(0).version();
    for (int i = 0; i < 33_000; i++) {
      world.engine.command(world.engine.snapshot().getFirst().torrent(), new Command.Stop());
      world.engine.command(world.engine.snapshot().getFirst().torrent(), new Command.Start());
      world.loop.run(0);
    }
    SnapshotChanges late = world.engine.changes(seen);
    assertThat(late.version() - seen).isGreaterThan(65_536);
    assertThat(late.full()).isTrue();
    world.command(new Command.Remove());
    assertThat(world.engine.changes(late.version()))
        .isEqualTo(
            new SnapshotChanges(world.engine.changes(0).version(), true, java.util.List.of()));
  }
}
