package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.pick.FileSelection;

/** Files at the place of another torrent's are read and not written. */
class OthersFilesTest {
  private final TorrentWorld world = new TorrentWorld(Content.of(4, 2), 64);

  private Torrent start(boolean avoid) {
    Torrent torrent =
        new Torrent(
            world.services,
            world.content.metainfo(),
            world.storage,
            TorrentWorld.options(true),
            world,
            Beginning.fresh(world.services, TorrentWorld.options(true).maxPeers()));
    if (avoid) {
      torrent.wishes().avoid(Map.of(0, "it is theirs"));
    }
    torrent.start(Optional.empty());
    world.loop.run(0);
    return torrent;
  }

  @Test
  void whatIsMissingIsNotMade() {
    Torrent torrent = start(true);
    assertThat(torrent.phase()).isInstanceOf(Phase.Faulted.class);
    assertThat(world.told).contains("faulted OCCUPIED");
    assertThat(world.storage.log).doesNotContain("prepare");
  }

  @Test
  void whatIsThereIsServed() {
    world.storage.fill();
    assertThat(start(true).phase()).isInstanceOf(Phase.Seeding.class);
  }

  @Test
  void itCannotBeSelectedLater() {
    Torrent torrent = start(false);
    FileSelection none = FileSelection.only(new BitSet(), 1);
    torrent.wishes().select(none);
    world.loop.run(0);
    assertThat(torrent.phase()).isInstanceOf(Phase.Seeding.class);
    torrent.wishes().avoid(Map.of(0, "it is theirs"));
    assertThat(torrent.wishes().due(1, 5)).isFalse();
    torrent.wishes().select(FileSelection.ALL);
    assertThat(torrent.phase()).isInstanceOf(Phase.Faulted.class);
    assertThat(torrent.wishes().files()).isEqualTo(none);
  }
}
