package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.state.Samples.done;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.PieceSet;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;
import sluice.state.record.Content;
import sluice.state.record.Counters;
import sluice.state.record.FilePriorities;
import sluice.state.record.Progress;
import sluice.state.record.Resume;
import sluice.state.record.RunMark;
import sluice.state.record.Setting;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.TorrentRow;
import sluice.state.record.Wanted;

/** What was stored is read again, in the same run and in the next. */
final class StateStoreTest {
  @TempDir Path dir;

  @Test
  void everythingIsThereAfterACleanEnd() {
    Counters counters = new Counters(1, 2, 3, 4, 5, 6, 7, 3);
    Resume resume = Samples.resume(3, 99);
    FilePriorities priorities = FilePriorities.of(new byte[] {1, 1, 0, -1});
    long id;
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.FRESH);
      id = done(store.add(Samples.torrent(8), Samples.metainfo(8, 5_000)));
      done(store.checkpoint(id, resume, new Progress(500, 2), counters));
      done(store.setPriorities(id, priorities));
      done(store.set("later.key", new Setting(Setting.Type.JSON, "{}")));
      done(store.set("port", Setting.of(6881)));
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      StateReads reads = store.reads();
      assertThat(store.start().kind()).isEqualTo(StartReport.Kind.CLEAN);
      assertThat(rows(store))
          .containsExactly(new TorrentRow(id, Samples.torrent(8), new Progress(500, 2), counters));
      assertThat(reads.source(id)).contains(Samples.metainfo(8, 5_000));
      assertThat(reads.resume(id)).contains(resume);
      assertThat(reads.priorities(id)).isEqualTo(priorities);
      assertThat(reads.settings()).containsOnlyKeys("later.key", "port");
      assertThat(reads.settings().get("port").number()).hasValue(6881);
      assertThat(reads.find(Samples.torrent(8).hashes().best())).hasValue(id);
      done(store.sync());
      assertThat(reads.runs()).extracting(RunMark::number).containsExactly(2L, 1L);
      assertThat(reads.runs().getFirst().endedMillis()).isZero();
      assertThat(reads.runs().getLast().endedMillis()).isPositive();
    }
  }

  @Test
  void changesReplaceWhatWasThere() {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      Torrent torrent = Samples.torrent(2);
      long id = done(store.add(torrent, new Source.MagnetLink("magnet:?xt=x")));
      done(store.want(id, Wanted.QUEUED, -7));
      done(store.rename(id, "other"));
      done(store.relocate(id, "/elsewhere"));
      TorrentOptions options = TorrentOptions.DEFAULT.withPriority(-3).withOrder(true, false, true);
      done(store.setOptions(id, options));
      Torrent changed =
          torrent
              .withWanted(Wanted.QUEUED, -7)
              .withName("other")
              .withSavePath("/elsewhere")
              .withOptions(options);
      assertThat(store.reads().row(id).orElseThrow().torrent()).isEqualTo(changed);
      assertThat(store.reads().source(id)).contains(new Source.MagnetLink("magnet:?xt=x"));

      InfoHashes hashes = Samples.torrent(5).hashes();
      Content content = new Content(77, 3);
      done(store.setMetadata(id, hashes, "real", content, Samples.metainfo(1, 10)));
      assertThat(store.reads().row(id).orElseThrow().torrent())
          .isEqualTo(changed.withMetadata(hashes, "real", content));
      done(store.replaceSource(id, Samples.metainfo(1, 20)));
      assertThat(store.reads().source(id)).contains(Samples.metainfo(1, 20));
    }
  }

  @Test
  void numbersAreNotGivenTwice() {
    long first;
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      first = done(store.add(Samples.torrent(1), Samples.metainfo(1, 10)));
      done(store.remove(first));
      assertThat(rows(store)).isEmpty();
      assertThat(store.reads().source(first)).isEmpty();
    }
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      assertThat(done(store.add(Samples.torrent(1), Samples.metainfo(1, 10)))).isGreaterThan(first);
    }
  }

  @Test
  void aRefusedChangeLeavesTheOthersOfItsTransactionAlone() {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      List<java.util.concurrent.CompletionStage<Long>> adds = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        adds.add(store.add(Samples.torrent(i % 100), Samples.metainfo(i, 10)));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(done(adds.get(i))).isPositive();
      }
      for (int i = 100; i < 200; i++) {
        java.util.concurrent.CompletionStage<Long> twice = adds.get(i);
        assertKind(Kind.DUPLICATE, () -> done(twice));
      }
      assertThat(rows(store)).hasSize(100);
      long first = rows(store).getFirst().id();
      assertThat(store.reads().source(first)).contains(Samples.metainfo(0, 10));
      assertKind(Kind.UNKNOWN_TORRENT, () -> done(store.rename(1_000, "x")));
      assertKind(Kind.UNKNOWN_TORRENT, () -> done(store.written(1_000, 1)));
    }
  }

  @Test
  void aCheckpointForgetsItsPiecesOnly() {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      long a = done(store.add(Samples.torrent(1), Samples.metainfo(1, 10)));
      long b = done(store.add(Samples.torrent(2), Samples.metainfo(2, 10)));
      store.written(b, 50);
      store.written(a, 7);
      store.written(a, 5);
      store.written(a, 7);
      done(store.written(a, 6));
      assertThat(journal(store)).isEqualTo(Map.of(a, List.of(5, 6, 7), b, List.of(50)));
      done(store.checkpoint(a, Samples.resume(5, 7, 8), Progress.NONE, Counters.ZERO));
      assertThat(journal(store)).isEqualTo(Map.of(a, List.of(6), b, List.of(50)));
      Resume all = new Resume(PieceSet.full(100), List.of(), Optional.empty(), 0, List.of());
      done(store.checkpoint(a, all, Progress.NONE, Counters.ZERO));
      assertThat(journal(store)).isEqualTo(Map.of(b, List.of(50)));
    }
  }

  @Test
  void aClosedStoreRefuses() {
    StateStore store = StateStore.open(dir, Samples.QUICK);
    store.close();
    store.close();
    assertKind(Kind.CLOSED, () -> done(store.sync()));
    assertKind(Kind.CLOSED, () -> store.reads().settings());
  }

  @Test
  void tooMuchAtOnceIsRefusedAndNothingIsLost() throws InterruptedException {
    try (StateStore store = StateStore.open(dir, Samples.QUICK)) {
      int taken = 0;
      int refused = 0;
      Source.Metainfo large = Samples.metainfo(1, 8 << 20);
      List<java.util.concurrent.CompletionStage<Long>> adds = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        adds.add(store.add(Samples.torrent(i), large));
      }
      for (java.util.concurrent.CompletionStage<Long> add : adds) {
        try {
          done(add);
          taken++;
        } catch (StateException e) {
          assertThat(e.kind()).isEqualTo(Kind.BUSY);
          refused++;
        }
      }
      assertThat(refused).isPositive();
      assertThat(rows(store)).hasSize(taken);
      store.awaitRoom();
      assertThat(done(store.add(Samples.torrent(100), large))).isPositive();
    }
  }

  static List<TorrentRow> rows(StateStore store) {
    List<TorrentRow> rows = new ArrayList<>();
    store.reads().forEachRow(rows::add);
    return rows;
  }

  static Map<Long, List<Integer>> journal(StateStore store) {
    Map<Long, List<Integer>> all = new LinkedHashMap<>();
    store
        .reads()
        .forEachJournal(
            (id, pieces) -> all.put(id, java.util.Arrays.stream(pieces).boxed().toList()));
    all.forEach((id, pieces) ->
        assertThat(store.reads().journal(id).stream().boxed().toList()).isEqualTo(pieces));
    return all;
  }

  static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StateException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
