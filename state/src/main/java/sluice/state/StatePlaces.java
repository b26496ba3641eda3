package sluice.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.state.record.PlaceChange;
import sluice.state.record.RenamedFile;
import sluice.state.record.RootIdentity;
import sluice.state.write.Write.Durability;

/**
 * Notes where torrents' files are, and what is about to be done to them, so that a change that a
 * crash interrupts is known at the next start. Any thread; all is synced before it is acknowledged.
 */
public final class StatePlaces {
  /** What a waiting write takes, and each renamed file. */
  private static final int BYTES = 256;

  private final Changes changes;

  StatePlaces(Changes changes) {
    this.changes = changes;
  }

  /** Notes a change of a torrent's place, which is told the folder, before a file is touched. */
  public CompletionStage<@Nullable Void> intend(long id, Function<String, PlaceChange> change) {
    return changes.offer(
        Durability.SYNCED,
        BYTES,
        t -> {
          AtomicReference<String> folder = new AtomicReference<>("");
          t.torrents()
              .change(
                  id,
                  old -> {
                    folder.set(old.savePath());
                    return old;
                  });
          t.changes().intend(id, change.apply(folder.get()));
        });
  }

  /**
   * Notes where a torrent's files are, in full; what is intended stays noted.
   *
   * @param root the identity of the folder, if it is known
   */
  public CompletionStage<@Nullable Void> moved(
      long id, Optional<String> savePath, List<RenamedFile> renamed, Optional<RootIdentity> root) {
    return changes.offer(
        Durability.SYNCED,
        BYTES * (1L + renamed.size()),
        t -> {
          AtomicInteger pieces = new AtomicInteger();
          t.torrents()
              .change(
                  id,
                  old -> {
                    pieces.set(old.content().pieces());
                    return old.withSavePath(savePath.orElse(old.savePath()));
                  });
          t.details().moved(id, renamed, root, pieces.get());
        });
  }

  /** Notes that nothing is intended with a torrent's place. */
  public CompletionStage<@Nullable Void> settle(long id) {
    return changes.offer(Durability.SYNCED, BYTES, t -> t.changes().settle(id));
  }
}
