package sluice.engine.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.protocol.metainfo.InfoHashes;

/** A BitTorrent session. Any thread may call it; the work is done on its loop. */
public final class Engine {

  /** An engine that does nothing until {@link #start}. {@code events} is called on the loop. */
  public Engine(Ports ports, EngineConfig config, Consumer<EngineEvent> events) {}

  /** Begins to listen; done when each address listens or has failed, as told by events. */
  public CompletionStage<Void> start() {
    return new CompletableFuture<>();
  }

  /** Adds a torrent: its data are checked, then it downloads or seeds. */
  public CompletionStage<InfoHashes> add(TorrentSpec spec) {
    return new CompletableFuture<>();
  }

  /** All torrents as of at most 250 ms ago. */
  public List<TorrentSnapshot> snapshot() {
    return List.of();
  }

  /** Says goodbye to trackers (3 s at the most) and peers, and closes all storage. */
  public CompletionStage<Void> stop() {
    return new CompletableFuture<>();
  }
}
