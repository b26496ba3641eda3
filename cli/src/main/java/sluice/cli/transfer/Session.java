package sluice.cli.transfer;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;

/** What a transfer needs of an engine that runs. Any thread may call it. */
public interface Session {
  /** Begins to listen; done when that has worked or failed, as told by events. */
  CompletionStage<Void> start();

  /** Adds a torrent; fails if it cannot be added. */
  CompletionStage<?> add(Item item);

  /** All torrents. */
  List<TorrentSnapshot> snapshot();

  /** Says goodbye, closes the files and ends all threads. */
  CompletionStage<Void> stop();

  /** Makes a session. */
  interface Factory {
    /** A session that tells {@code events}, on its loop, what happens. */
    Session open(Consumer<EngineEvent> events);
  }
}
