package sluice.daemon.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.session.SnapshotChanges;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Totals;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Visit;

/** Which torrents are served, and how often the client is asked. */
class OwnTorrentsTest {
  private static final Hash V1 = Hash.sha1("v1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final Hash V2 =
      Hash.sha256("v2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final TorrentSnapshot HYBRID =
      TorrentSnapshot.known(
          new InfoHashes(Optional.of(V1), Optional.of(V2)), 1, 1, new Done(0, 0), Totals.ZERO);
  private static final long SECOND = 1_000_000_000;

  private final List<Long> asked = new ArrayList<>();
  private SnapshotChanges answer = new SnapshotChanges(1, true, List.of());
  private long nanos = -5 * SECOND;
  private long looking;

  private SnapshotChanges changes(long seen) {
    asked.add(seen);
    nanos += looking;
    return answer;
  }

  private static boolean serves(OwnTorrents gate, Hash hash) {
    Visit visit = new Visit().hash(ByteBuffer.wrap(hash.bytes()), 0);
    return gate.admit(visit, 0, "") == Verdict.ADMITTED;
  }

  @Test
  void servesWhatWasAddedByAllItsHashesAtOnce() {
    OwnTorrents gate = new OwnTorrents(this::changes, () -> nanos);
    assertThat(serves(gate, V1)).isFalse();
    answer = new SnapshotChanges(2, false, List.of(HYBRID));
    assertThat(serves(gate, V1)).isTrue();
    assertThat(serves(gate, V2)).isTrue();
    assertThat(asked).containsExactly(0L, 1L, 1L);
  }

  @Test
  void forgetsWhatWasRemovedWithinASecond() {
    answer = new SnapshotChanges(1, true, List.of(HYBRID));
    OwnTorrents gate = new OwnTorrents(this::changes, () -> nanos);
    answer = new SnapshotChanges(2, true, List.of());
    assertThat(serves(gate, V1)).isTrue();
    nanos += SECOND;
    assertThat(serves(gate, V1)).isFalse();
  }

  @Test
  void looksForATenthOfTheTimeAtTheMost() {
    looking = SECOND / 10;
    OwnTorrents gate = new OwnTorrents(this::changes, () -> nanos);
    for (int i = 0; i < 99; i++) {
      assertThat(serves(gate, V1)).isFalse();
      nanos += SECOND / 100;
    }
    assertThat(asked).hasSize(1);
    nanos += SECOND / 50;
    assertThat(serves(gate, V1)).isFalse();
    assertThat(asked).hasSize(2);
  }
}
