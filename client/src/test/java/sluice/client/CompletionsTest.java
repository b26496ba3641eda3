package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Totals;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/** What becomes of those who wait for the end of downloads. */
class CompletionsTest {
  private static final InfoHashes TORRENT =
      new InfoHashes(Optional.of(Hash.ofHex("00".repeat(20))), Optional.empty());
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicReference<TorrentSnapshot> shown = new AtomicReference<>(shown(0));
  private final Completions completions = new Completions(t -> Optional.of(shown.get()));

  private static TorrentSnapshot shown(int pieces) {
    return TorrentSnapshot.known(TORRENT, 1, 1, new Done(pieces, pieces), Totals.ZERO);
  }

  private static TorrentSnapshot seeding() {
    TorrentSnapshot s = shown(1);
    return new TorrentSnapshot(
        s.torrent(),
        TorrentSnapshot.Phase.SEEDING,
        s.havePieces(),
        s.pieces(),
        s.haveBytes(),
        s.wantedBytes(),
        s.downloaded(),
        s.uploaded(),
        s.wasted(),
        s.downRate(),
        s.upRate(),
        s.peers(),
        s.seeds(),
        s.knownPeers(),
        s.seedingNanos(),
        s.fault(),
        s.place());
  }

  @Test
  void whatNobodyToldIsSeen() throws Exception {
    CompletableFuture<Void> waiting = completions.of(TORRENT);
    assertThat(waiting).isNotDone();
    shown.set(seeding());
    waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void theEndOfTheClientEndsTheWait() {
    CompletableFuture<Void> waiting = completions.of(TORRENT);
    completions.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(completions.of(TORRENT)).isCompletedExceptionally();
  }
}
