package sluice.engine.session;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Looks which files of a torrent are at the place of another one's; of one that does not run, the
 * storage is opened and closed again. Loop only.
 */
final class PlaceLook {
  private final Exchange exchange;
  private final SamePlaces same;
  private final Consumer<Map<Integer, String>> told;
  private int pending = 1;

  /** {@code told} is called once, at once or later. */
  PlaceLook(Exchange exchange, SamePlaces same, Consumer<Map<Integer, String>> told) {
    this.exchange = exchange;
    this.same = same;
    this.told = told;
  }

  /** Looks at these torrents. */
  void at(Set<InfoHashes> others) {
    for (InfoHashes name : others) {
      Optional<Entry> entry = exchange.entry(name);
      entry
          .flatMap(Entry::torrent)
          .ifPresentOrElse(
              run -> same.compare(run.metainfo().info(), run.siblings().paths()),
              () -> entry.ifPresent(this::open));
    }
    answered();
  }

  private void open(Entry entry) {
    if (entry.spec().source().fetched().isEmpty()) {
      pending++;
      entry
          .spec()
          .source()
          .open(
              new TorrentSource.Handler() {
                @Override
                public void onOpened(Metainfo metainfo, Storage storage) {
                  same.compare(metainfo.info(), storage.paths());
                  Exchange.close(storage);
                  answered();
                }

                @Override
                public void onFault(Fault fault) {
                  answered();
                }
              });
    }
  }

  private void answered() {
    if (--pending == 0) {
      told.accept(same.taken());
    }
  }
}
