package sluice.cli.transfer;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;

/** What a transfer needs of an engine that runs. Any thread may call it. */
public interface Session extends AutoCloseable {
  /** Begins to listen; done when that has worked or failed, as told by events. */
  CompletionStage<?> start();

  /** Torrents that run since the start without being added. */
  default List<Item> kept() {
    return List.of();
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

  /** Makes a session. */
  interface Factory {
    /** A session that tells {@code events}, on its loop, what happens. */
    Session open(Consumer<EngineEvent> events);
  }
}
