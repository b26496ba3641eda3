package sluice.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/** Those who wait for downloads to end. Thread-safe. */
final class Completions {
  /** Longer than a snapshot is old. */
  private static final long LOOK_AGAIN_MILLIS = 500;

  /** Many who wait are looked at less often. */
  private static final int LOOKS_A_MILLI = 100;

  private final Function<InfoHashes, Optional<TorrentSnapshot>> snapshots;
  private final Map<InfoHashes, CompletableFuture<Void>> waiting = new HashMap<>();
  private boolean looking;
  private boolean closed;

  Completions(Function<InfoHashes, Optional<TorrentSnapshot>> snapshots) {
    this.snapshots = snapshots;
  }

  void await(InfoHashes torrent) throws InterruptedException {
    try {
      of(torrent).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ClientException known
          ? known
          : new ClientException("the wait ended in a bug", e);
    }
  }

  /** Done when {@code torrent} is complete; not to be completed by others. */
  synchronized CompletableFuture<Void> of(InfoHashes torrent) {
    TorrentSnapshot now = snapshots.apply(torrent).orElse(null);
    if (closed || now == null) {
      return CompletableFuture.failedFuture(
          new ClientException(closed ? "the client is closed" : "there is no such torrent"));
    }
    CompletableFuture<Void> future =
        waiting.computeIfAbsent(torrent, t -> new CompletableFuture<>());
    look(torrent, now);
    lookLater();
    return future;
  }

  /** What happened before a snapshot was made, and is not in it, was told to nobody. */
  private void lookLater() {
    if (!looking && !waiting.isEmpty()) {
      looking = true;
      long millis = LOOK_AGAIN_MILLIS + waiting.size() / LOOKS_A_MILLI;
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(this::lookAgain);
    }
  }

  private synchronized void lookAgain() {
    looking = false;
    for (InfoHashes torrent : List.copyOf(waiting.keySet())) {
      snapshots.apply(torrent).ifPresent(now -> look(torrent, now));
    }
    lookLater();
  }

  private void look(InfoHashes torrent, TorrentSnapshot now) {
    if (now.phase() == TorrentSnapshot.Phase.SEEDING || isFound(now)) {
      end(torrent);
    } else {
      now.fault().filter(fault -> !fault.mayPass()).ifPresent(fault -> fail(torrent, fault));
    }
  }

  /** Whether a check has found all that is wanted; what follows is told to nobody. */
  private static boolean isFound(TorrentSnapshot now) {
    return now.phase() == TorrentSnapshot.Phase.CHECKING
        && now.pieces() > 0
        && now.haveBytes() == now.wantedBytes();
  }

  /** Something happened. */
  synchronized void on(EngineEvent event) {
    switch (event) {
      case EngineEvent.Completed(var torrent) -> end(torrent);
      case EngineEvent.Checked checked -> {
        if (isComplete(checked)) {
          end(checked.torrent());
        }
      }
      case EngineEvent.Faulted(var torrent, var fault) -> {
        if (!fault.mayPass()) {
          fail(torrent, fault);
        }
      }
      case EngineEvent.Removed(var torrent) -> fail(torrent, "the torrent was removed");
      default -> {
        // Says nothing of the end of a download.
      }
    }
  }

  /** The torrent is called {@code after} from here on. */
  synchronized void renamed(InfoHashes before, InfoHashes after) {
    CompletableFuture<Void> future = before.equals(after) ? null : waiting.remove(before);
    if (future != null) {
      waiting.put(after, future);
    }
  }

  private boolean isComplete(EngineEvent.Checked checked) {
    return checked.have() == checked.pieces()
        || snapshots
            .apply(checked.torrent())
            .filter(s -> s.pieces() > 0 && s.haveBytes() == s.wantedBytes())
            .isPresent();
  }

  private void end(InfoHashes torrent) {
    CompletableFuture<Void> future = waiting.remove(torrent);
    if (future != null) {
      future.complete(null);
    }
  }

  private void fail(InfoHashes torrent, Fault fault) {
    fail(torrent, fault.detail());
  }

  private void fail(InfoHashes torrent, String why) {
    CompletableFuture<Void> future = waiting.remove(torrent);
    if (future != null) {
      future.completeExceptionally(new ClientException(why));
    }
  }

  synchronized void close() {
    closed = true;
    waiting
        .values()
        .forEach(f -> f.completeExceptionally(new ClientException("the client is closed")));
    waiting.clear();
  }
}
