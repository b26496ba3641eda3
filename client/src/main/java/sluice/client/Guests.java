package sluice.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import sluice.engine.port.Storage;
import sluice.engine.session.Outcome;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/** Torrents with a storage of their own, which are forgotten at the end. Any thread. */
final class Guests {
  private final Map<InfoHashes, Metainfo> known = new ConcurrentHashMap<>();

  /** Opens the storage of a torrent. */
  interface Storages {
    Storage open(Metainfo metainfo);
  }

  /** Adds a torrent whose data are kept by what {@code storages} opens. */
  CompletionStage<InfoHashes> add(
      byte[] torrentFile,
      AddOptions options,
      Storages storages,
      Function<TorrentSpec, CompletionStage<Outcome>> add)
      throws MetainfoException {
    Metainfo metainfo = MetainfoParser.parse(torrentFile);
    InfoHashes hashes = metainfo.info().hashes();
    TorrentSource source = TorrentSource.of(metainfo, () -> storages.open(metainfo));
    return add.apply(Specs.of(hashes, source, options.of(metainfo.info())))
        .thenCompose(outcome -> Specs.added(outcome, hashes))
        .thenApply(added -> {
          known.put(added, metainfo);
          return added;
        });
  }

  /** What is known of {@code torrent}, if it is one of them. */
  Optional<Metainfo> metainfo(InfoHashes torrent) {
    return Optional.ofNullable(known.get(torrent));
  }

  /** It was removed. */
  void remove(InfoHashes torrent) {
    known.remove(torrent);
  }
}
