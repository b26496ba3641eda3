package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** Lets a magnet go on with metadata that its user has, so that nobody is asked. Loop only. */
record GivenMetadata(EntryOwner owner, Consumer<EngineEvent> events) {

  /** Gives {@code entry} its metadata; nothing happens if it has them. */
  Outcome to(Entry entry, Metainfo metainfo) {
    Optional<MagnetSource> magnet = entry.spec().source().fetched();
    InfoHashes hashes = metainfo.info().hashes();
    if (!hashes.wire().containsAll(entry.hashes().wire())) {
      return new Outcome.Refused("these are the metadata of another torrent");
    }
    if (magnet.isEmpty()) {
      return new Outcome.Done();
    }
    if (entry.fetching().isPresent()) {
      entry.fetching().get().give(metainfo);
      return new Outcome.Done();
    }
    InfoHashes before = entry.hashes();
    TorrentSpec known = magnet.get().spec(entry.spec(), metainfo);
    if (!owner.onFetched(entry, known)) {
      return new Outcome.Refused("another torrent that is there shares one of its two hashes");
    }
    entry.adjust(spec -> known);
    events.accept(Fetching.received(before, known, metainfo));
    owner.onChanged(entry);
    return new Outcome.Done();
  }
}
