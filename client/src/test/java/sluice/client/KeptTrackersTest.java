package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.session.EngineConfig;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.wire.PieceSet;

/** Trackers that were changed, and what other programs know, is there after a restart. */
class KeptTrackersTest {
  private static final int SIZE = 100_000;
  private static final long SEED = 6;

  @TempDir Path temp;

  private Client open() {
    return Client.open(ClientConfig.of(EngineConfig.loopback()).keep(temp.resolve("state")));
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  @Test
  void trackersThatWereChangedAreKept() throws Exception {
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "data", SIZE, SEED, Version.V1);
    List<List<String>> tiers = List.of(List.of("http://127.0.0.1:1/announce"), List.of());
    try (Client client = open()) {
      TorrentHandle handle =
          client.add(torrent.bytes(), AddOptions.into(torrent.folder()).stopped());
      done(handle.reannounce());
      done(handle.trackers(tiers));
      TorrentHandle magnet =
          client.add(
              "magnet:?xt=urn:btih:00112233445566778899aabbccddeeff01234567",
              AddOptions.into(temp).stopped());
      assertThatThrownBy(() -> done(magnet.trackers(tiers))).hasMessageContaining("magnet");
    }
    try (Client client = open()) {
      TorrentHandle handle = client.torrent(torrent.metainfo().info().hashes()).orElseThrow();
      assertThat(handle.metainfo().orElseThrow().trackers())
          .containsExactly(List.of("http://127.0.0.1:1/announce"));
    }
  }

  @Test
  void whatAnotherProgramKnowsIsNotCheckedAgain() throws Exception {
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "data", SIZE, SEED, Version.V1);
    int pieces = torrent.metainfo().info().layout().pieceCount();
    Brought brought =
        new Brought(
            PieceSet.full(pieces),
            Map.of(),
            5_000,
            3_000,
            Duration.ofHours(2),
            Duration.ofHours(1),
            Optional.of(Instant.ofEpochSecond(1_700_000_000)),
            Optional.of(Instant.ofEpochSecond(1_700_000_100)));
    // A check would find that these are not the torrent's data.
    Files.write(torrent.folder().resolve("data"), new byte[SIZE]);
    for (int start = 0; start < 2; start++) {
      try (Client client = open()) {
        if (start == 0) {
          client.add(torrent.bytes(), AddOptions.into(torrent.folder()), brought);
        }
        TorrentHandle handle = client.torrents().getFirst();
        handle.awaitCompletion();
        TorrentRecord record = handle.record().orElseThrow();
        assertThat(record.added()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(record.completed()).contains(Instant.ofEpochSecond(1_700_000_100));
        assertThat(Snapshots.complete(handle).uploaded()).isEqualTo(5_000);
      }
    }
  }

  @Test
  void claimsOfFilesThatAreNotThereDoNotCount() throws Exception {
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "data", SIZE, SEED, Version.V1);
    Brought brought =
        brought(PieceSet.full(torrent.metainfo().info().layout().pieceCount()), Map.of());
    try (Client client = open()) {
      TorrentHandle handle =
          client.add(torrent.bytes(), AddOptions.into(temp.resolve("other")), brought);
      assertThat(client.snapshot().getFirst().havePieces()).isZero();
      assertThat(handle.record().orElseThrow().completed()).isEmpty();
    }
  }

  @Test
  void dataOfWhichNothingIsKnownAreChecked() throws Exception {
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "data", SIZE, SEED, Version.V1);
    Path renamed = Files.move(torrent.folder().resolve("data"), torrent.folder().resolve("other"));
    try (Client client = open()) {
      TorrentHandle handle =
          client.add(
              torrent.bytes(),
              AddOptions.into(torrent.folder()),
              brought(new PieceSet(0), Map.of(0, List.of("other"))));
      handle.awaitCompletion();
      assertThat(renamed).exists();
    }
  }

  private static Brought brought(PieceSet have, Map<Integer, List<String>> renamed) {
    return new Brought(
        have, renamed, 0, 0, Duration.ZERO, Duration.ZERO, Optional.empty(), Optional.empty());
  }
}
