package sluice.cli.transfer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/** What a transfer needs of an engine that runs. Any thread may call it. */
public interface Session extends AutoCloseable {
  /** Begins to listen; done when that has worked or failed, as told by events. */
  CompletionStage<?> start();

  /** Torrents that are there since the start without being added. */
  default List<Kept> kept() {
    return List.of();
  }

  /** Lets one of {@link #kept} go on, with what {@code item} says is wanted of it. */
  default CompletionStage<?> resume(InfoHashes torrent, Item item) {
    return CompletableFuture.failedFuture(new IllegalStateException("nothing is kept"));
  }

  /** Adds a torrent; fails if it cannot be added. */
  CompletionStage<?> add(Item item);

  /** All torrents. */
  List<TorrentSnapshot> snapshot();

  /** Says goodbye and closes the files. */
  CompletionStage<?> stop();

  /** Ends all threads. */
  @Override
  default void close() {}

  /**
   * A torrent of a state folder.
   *
   * @param runs false: it rests until it is told to go on
   */
  record Kept(Item item, boolean runs) {}

  /** Makes a session. */
  interface Factory {
    /** A session that tells {@code events}, on its loop, what happens. */
    Session open(Consumer<EngineEvent> events);
  }
}
