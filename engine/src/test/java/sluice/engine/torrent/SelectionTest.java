package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Priority;
import sluice.engine.rate.TorrentLimits;

/** The storage is told which files are wanted. */
class SelectionTest {
  private static final PickOptions NOTHING =
      new PickOptions(new FileSelection(List.of(Priority.SKIP)), false, false, false);

  private final TorrentWorld world = new TorrentWorld(Content.of(4, 2), 64);

  private static TorrentOptions options(PickOptions picking) {
    return new TorrentOptions(
        true, false, List.of(), TorrentLimits.of(0, 0), 50, 8, Optional.empty(), false, picking);
  }

  private void start(PickOptions picking) {
    world.start(world.content.metainfo(), options(picking));
  }

  @Test
  void theStorageIsToldBeforeItIsLookedAt() {
    start(NOTHING);
    world.loop.run(0);
    assertThat(world.storage.log.getFirst()).isEqualTo("select " + new BitSet());
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
  }

  @Test
  void withoutASelectionTheStorageIsNotAsked() {
    start(PickOptions.DEFAULT);
    world.loop.run(0);
    assertThat(world.storage.log).noneMatch(l -> l.startsWith("select")).isNotEmpty();
  }

  @Test
  void whatIsWantedLaterIsMadeFirst() {
    start(NOTHING);
    world.loop.run(0);
    world.torrent().wishes().select(FileSelection.ALL);
    world.loop.run(0);
    assertThat(world.storage.log).containsSubsequence("select {}", "select {0}", "prepare");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Downloading.class);
    assertThat(world.torrent().picker().isComplete()).isFalse();
  }

  @Test
  void theLastOfSeveralSelectionsCounts() {
    start(PickOptions.DEFAULT);
    world.loop.run(0);
    world.torrent().wishes().select(NOTHING.files());
    world.torrent().wishes().select(FileSelection.ALL);
    world.loop.run(0);
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Downloading.class);
    assertThat(world.torrent().picker().isComplete()).isFalse();
  }
}
