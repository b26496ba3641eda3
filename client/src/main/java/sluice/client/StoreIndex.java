package sluice.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
  public void meet(Metainfo torrent, List<String> paths, Consumer<Neighbours> told) {
    Long number = numbers.get(torrent.info().hashes());
    if (number == null) {
      told.accept(Neighbours.NONE);
      return;
    }
    elsewhere(() -> note(number, torrent, paths, told), told);
  }

  private void note(long number, Metainfo torrent, List<String> paths, Consumer<Neighbours> told) {
    ContentMarks contents = ContentMarks.of(torrent);
    List<Long> places = ContentMarks.places(paths);
    List<Long> all = Stream.concat(contents.noted().stream(), places.stream()).toList();
    List<Long> missing = store.reads().unmarked(number, all);
    CompletionStage<?> noted =
        missing.isEmpty() ? completedFuture(missing) : store.mark(number, missing);
    noted.whenComplete(
        (done, failure) -> elsewhere(() -> find(number, places, contents.sought(), told), told));
  }

  private void find(
      long number, List<Long> places, List<Long> contents, Consumer<Neighbours> told) {
    Neighbours found = new Neighbours(sharing(number, places), sharing(number, contents));
    loop.execute(() -> told.accept(found));
  }

  private List<InfoHashes> sharing(long number, List<Long> marks) {
    return store.reads().sharing(number, marks, MAX_TOLD).stream()
        .flatMap(n -> store.reads().row(n).stream())
        .map(row -> row.torrent().hashes())
        .toList();
  }

  private void elsewhere(Runnable work, Consumer<Neighbours> told) {
    Runnable watched =
        () -> {
          try {
            work.run();
          } catch (StateException e) {
            LOG.log(
                System.Logger.Level.WARNING,
                "torrents with common content cannot be found: " + e.getMessage());
            loop.execute(() -> told.accept(Neighbours.NONE));
          }
        };
    Thread.ofVirtual().name("find-siblings").start(watched);
  }

  @Override
  public void forget(InfoHashes torrent) {
    // The store forgot it when the user's wish was recorded.
  }
}
