package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.engine.session.ContentIndex;
import sluice.protocol.metainfo.ContentMarks;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.state.StateStore;
import sluice.state.fault.StateException;

/**
 * Finds torrents with common content in a store. A torrent is noted when it meets others for the
 * first time; of two that do so at the same time, the later one finds the other. Loop only; reads
 * elsewhere.
 */
final class StoreIndex implements ContentIndex {
  private static final System.Logger LOG = System.getLogger("sluice.client");

  private final StateStore store;
  private final Map<InfoHashes, Long> numbers;
  private final Loop loop;

  StoreIndex(StateStore store, Map<InfoHashes, Long> numbers, Loop loop) {
    this.store = store;
    this.numbers = numbers;
    this.loop = loop;
  }

  @Override
  public void meet(Metainfo torrent, Consumer<List<InfoHashes>> told) {
    Long number = numbers.get(torrent.info().hashes());
    if (number == null) {
      told.accept(List.of());
      return;
    }
    Thread.ofVirtual().name("find-siblings").start(() -> note(number, torrent, told));
  }

  private void note(long number, Metainfo torrent, Consumer<List<InfoHashes>> told) {
    try {
      ContentMarks marks = ContentMarks.of(torrent);
      CompletionStage<?> noted =
          store.reads().isMarked(number)
              ? completedFuture(Optional.empty())
              : store.mark(number, marks.noted());
      noted.whenComplete((done, failure) ->
          Thread.ofVirtual().name("find-siblings").start(() -> find(number, marks.sought(), told)));
    } catch (StateException e) {
      fail(e, told);
    }
  }

  private void find(long number, List<Long> marks, Consumer<List<InfoHashes>> told) {
    try {
      List<InfoHashes> found =
          store.reads().sharing(number, marks, MAX_TOLD).stream()
              .flatMap(n -> store.reads().row(n).stream())
              .map(row -> row.torrent().hashes())
              .toList();
      loop.execute(() -> told.accept(found));
    } catch (StateException e) {
      fail(e, told);
    }
  }

  private void fail(StateException failure, Consumer<List<InfoHashes>> told) {
    LOG.log(
        System.Logger.Level.WARNING,
        "torrents with common content cannot be found: " + failure.getMessage());
    loop.execute(() -> told.accept(List.of()));
  }

  @Override
  public void forget(InfoHashes torrent) {
    // The store forgot it when the user's wish was recorded.
  }
}
