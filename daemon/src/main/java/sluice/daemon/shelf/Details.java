package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.PieceMap;
import sluice.engine.session.TorrentFiles;

/** What can be asked of one torrent and costs something; asked once, when needed. One thread. */
public final class Details {
  private final Item item;
  private final Once<Optional<TorrentFiles>> files;
  private final Once<List<PeerSnapshot>> peers;
  private final Once<Optional<PieceMap>> pieces;
  private final Once<Optional<Facts>> facts;

  /** Of {@code item}. */
  public Details(Desk desk, Item item) {
    this.item = item;
    Shelf shelf = desk.shelf();
    files = new Once<>(() -> desk.files(item));
    peers =
        new Once<>(
            () -> shelf.handle(item).map(handle -> Desk.done(handle.peers())).orElse(List.of()));
    pieces = new Once<>(() -> shelf.handle(item).flatMap(handle -> Desk.done(handle.pieces())));
    facts = new Once<>(() -> item.facts().or(() -> shelf.facts(item)));
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
    return facts.get();
  }
}
