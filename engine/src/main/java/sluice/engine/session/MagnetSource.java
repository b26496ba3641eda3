package sluice.engine.session;

import java.util.Optional;
import java.util.function.Function;
import sluice.engine.pick.FileChoice;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent of which only a magnet is known; the session fetches its metadata of peers first.
 *
 * @param magnet what is known
 * @param storage opens the data of the torrent that the magnet turns out to be, without blocking
 * @param later where the torrent comes from once its metadata are there; they are kept in memory if
 *     it is empty
 * @param choice of files, instead of that which the magnet makes
 */
public record MagnetSource(
    Magnet magnet,
    Function<Metainfo, Storage> storage,
    Optional<TorrentSource> later,
    Optional<FileChoice> choice)
    implements TorrentSource {

  /** A magnet whose metadata are kept in memory. */
  public MagnetSource(Magnet magnet, Function<Metainfo, Storage> storage) {
    this(magnet, storage, Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<MagnetSource> fetched() {
    return Optional.of(this);
  }

  /** What {@code before} is when {@code metainfo} was fetched. */
  TorrentSpec spec(TorrentSpec before, Metainfo metainfo) {
    TorrentSource source =
        later.orElseGet(() -> TorrentSource.of(metainfo, () -> storage.apply(metainfo)));
    TorrentSpec spec = before.with(metainfo.info().hashes(), source);
    PickOptions p = spec.picking();
    return p.files().equals(FileSelection.ALL)
        ? spec.picking(
            new PickOptions(selection(metainfo), p.sequential(), p.ends(), p.superSeeding()))
        : spec;
  }

  /** The files that are chosen, or that the magnet selects; all if nobody says (BEP 53). */
  private FileSelection selection(Metainfo metainfo) {
    return choice
        .map(c -> c.of(metainfo.info()))
        .orElseGet(() -> selected(metainfo.info().files().size()));
  }

  /** Places behind the last file mean nothing. */
  private FileSelection selected(int files) {
    return FileSelection.only(magnet.selection().stream().filter(i -> i < files).toList(), files);
  }

  @Override
  public void open(Handler handler) {
    handler.onFault(new Fault(Fault.Kind.MISSING, "the metadata have not been fetched"));
  }
}
