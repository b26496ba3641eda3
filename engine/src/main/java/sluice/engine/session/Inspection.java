package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.wire.PieceSet;

/**
 * Looks at the files of one entry: at what runs or, if nothing does, at what is remembered. Loop
 * only.
 */
record Inspection(Entry entry, Keeper keeper, Consumer<Optional<TorrentFiles>> told)
    implements TorrentSource.Handler {

  /** Nothing is told of a torrent that is not there, or whose metadata are not. */
  static void start(Optional<Entry> entry, Keeper keeper, Consumer<Optional<TorrentFiles>> told) {
    entry.ifPresentOrElse(
        e -> new Inspection(e, keeper, told).start(), () -> told.accept(Optional.empty()));
  }

  private void start() {
    Optional<Torrent> run = entry.torrent();
    TorrentSource source = entry.spec().source();
    if (run.isPresent()) {
      Info info = run.get().metainfo().info();
      PieceSet have = run.get().picker().have();
      told.accept(
          Optional.of(TorrentFiles.of(entry.spec(), info, entry.errands().renamed(), have)));
    } else if (source.fetched().isPresent()) {
      told.accept(Optional.empty());
    } else {
      source.open(this);
    }
  }

  @Override
  public void onOpened(Metainfo metainfo, Storage storage) {
    keeper.recall(
        metainfo.info().hashes(),
        known -> {
          int pieces = metainfo.info().layout().pieceCount();
          PieceSet have = known.map(k -> k.have()).orElseGet(() -> new PieceSet(pieces));
          told.accept(
              Optional.of(TorrentFiles.of(entry.spec(), metainfo.info(), storage.renamed(), have)));
          storage.close(new Closed());
        });
  }

  @Override
  public void onFault(Fault cause) {
    told.accept(Optional.empty());
  }

  /** Nothing was done with the storage. */
  private static final class Closed implements Storage.DoneHandler {
    @Override
    public void onDone() {}

    @Override
    public void onFault(Fault fault) {}
  }
}
