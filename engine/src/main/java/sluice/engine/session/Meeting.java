package sluice.engine.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * One torrent that begins, and those that concern it. It waits until it knows of all that have
 * files at its places, and a while for those that have common content. Of one that does not run,
 * the data are opened for reading as long as they are of use. Loop only.
 */
final class Meeting {
  /** Most torrents that are opened for their content. */
  private static final int MAX_OPENED = 4;

  private final Exchange exchange;
  private final Torrent torrent;
  private final boolean fetches;
  private final Runnable go;

  private final SamePlaces same;

  /** Answers that are not there, of those at the same places and of all; one is the index's. */
  private int placesPending = 1;

  private int pending = 1;
  private int opened;
  private boolean late;
  private boolean begun;

  /** {@code fetches} says whether something is to be written. */
  Meeting(Exchange exchange, Torrent torrent, boolean fetches, Runnable go) {
    this.exchange = exchange;
    this.torrent = torrent;
    this.fetches = fetches;
    this.go = go;
    this.same = new SamePlaces(torrent.metainfo().info(), torrent.siblings().paths());
  }

  /** The places of its files. */
  List<String> paths() {
    return same.paths();
  }

  /** It waits no longer for common content. */
  void hurry() {
    late = true;
    begin();
  }

  private void begin() {
    if (!begun && placesPending == 0 && (late || pending == 0)) {
      begun = true;
      torrent.wishes().avoid(same.taken());
      go.run();
    }
  }

  /** What the index tells. */
  void found(ContentIndex.Neighbours neighbours) {
    Set<InfoHashes> contents = new LinkedHashSet<>(neighbours.contents());
    Set<InfoHashes> places = new LinkedHashSet<>(neighbours.places());
    for (InfoHashes name : places) {
      look(name, true, contents.remove(name));
    }
    for (InfoHashes name : contents) {
      look(name, false, true);
    }
    answered(true);
  }

  private void look(InfoHashes name, boolean place, boolean content) {
    exchange
        .entry(name)
        .ifPresent(entry ->
            entry
                .torrent()
                .ifPresentOrElse(
                    other -> join(entry, other, content), () -> open(entry, place, content)));
  }

  private void join(Entry entry, Torrent other, boolean content) {
    same.compare(other.metainfo().info(), other.siblings().paths());
    if (content && fetches) {
      other.siblings().lend().ifPresent(torrent.siblings()::borrow);
    }
    if (content && entry.spec().download() && !other.picker().isComplete()) {
      torrent.siblings().lend().ifPresent(other.siblings()::borrow);
    }
  }

  private void open(Entry entry, boolean place, boolean content) {
    boolean lends = content && opened < MAX_OPENED;
    if (!fetches || entry.spec().source().fetched().isPresent() || !(place || lends)) {
      return;
    }
    opened += lends ? 1 : 0;
    pending++;
    placesPending += place ? 1 : 0;
    entry.spec().source().open(new Opened(entry, place, lends));
  }

  private void answered(boolean place) {
    pending--;
    placesPending -= place ? 1 : 0;
    begin();
  }

  /** One that does not run. */
  private final class Opened implements TorrentSource.Handler {
    private final Entry entry;
    private final boolean place;
    private final boolean lends;

    Opened(Entry entry, boolean place, boolean lends) {
      this.entry = entry;
      this.place = place;
      this.lends = lends;
    }

    @Override
    public void onOpened(Metainfo metainfo, Storage storage) {
      same.compare(metainfo.info(), storage.paths());
      if (lends) {
        exchange.lend(
            entry,
            metainfo,
            storage,
            lender -> {
              lender.ifPresent(torrent.siblings()::borrow);
              answered(place);
            });
      } else {
        Exchange.close(storage);
        answered(place);
      }
    }

    @Override
    public void onFault(Fault fault) {
      answered(place);
    }
  }
}
