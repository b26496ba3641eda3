package sluice.engine.session;

import java.util.Optional;
import java.util.function.Function;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Metainfo;

/**
 * A torrent of which only a magnet is known; the session fetches its metadata of peers first.
 *
 * @param magnet what is known
 * @param storage opens the data of the torrent that the magnet turns out to be, without blocking
 */
public record MagnetSource(Magnet magnet, Function<Metainfo, Storage> storage)
    implements TorrentSource {

  @Override
  public Optional<MagnetSource> fetched() {
    return Optional.of(this);
  }

  @Override
  public void open(Handler handler) {
    handler.onFault(new Fault(Fault.Kind.MISSING, "the metadata have not been fetched"));
  }
}
