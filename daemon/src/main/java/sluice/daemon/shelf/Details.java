package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Problem;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.PieceMap;
import sluice.engine.session.TorrentFiles;

/**
 * What can be asked of one torrent and costs something; asked once, when needed. Of one that is
 * gone meanwhile nothing is known. One thread.
 */
public final class Details {
  private final Desk desk;
  private final Item item;
  private final Once<Optional<TorrentFiles>> files =
      new Once<>(() -> ask(TorrentHandle::files, Optional.empty()));
  private final Once<List<PeerSnapshot>> peers =
      new Once<>(() -> ask(TorrentHandle::peers, List.of()));
  private final Once<Optional<PieceMap>> pieces =
      new Once<>(() -> ask(TorrentHandle::pieces, Optional.empty()));

  /** Of {@code item}. */
  public Details(Desk desk, Item item) {
    this.desk = desk;
    this.item = item;
  }

  private static final class Once<T> {
    private final Supplier<T> source;
    private @Nullable T value;

    Once(Supplier<T> source) {
      this.source = source;
    }

    T get() {
      T known = value;
      if (known == null) {
        known = source.get();
        value = known;
      }
      return known;
    }
  }

  /** The torrent. */
  public Item item() {
    return item;
  }

  /** Its files with what is there of each. */
  public Optional<TorrentFiles> files() {
    return files.get();
  }

  /** Its connected peers. */
  public List<PeerSnapshot> peers() {
    return peers.get();
  }

  /** Its pieces, while it runs. */
  public Optional<PieceMap> pieces() {
    return pieces.get();
  }

  /** What its torrent file says. */
  public Optional<Facts> facts() {
    return item.facts().or(() -> desk.shelf().facts(item));
  }

  private <T> T ask(Function<TorrentHandle, CompletionStage<T>> question, T unknown) {
    Optional<TorrentHandle> handle = desk.shelf().handle(item);
    try {
      return handle.isPresent() ? Desk.done(question.apply(handle.get())) : unknown;
    } catch (Problem e) {
      if (e.isConflict()) {
        return unknown;
      }
      throw e;
    }
  }
}
