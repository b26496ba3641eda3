package sluice.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StateStore;
import sluice.state.record.Counters;
import sluice.state.record.FilePriorities;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentRow;

/** What the store says of torrents besides their data. Any thread that may block. */
record KeptRecords(StateStore store, Map<InfoHashes, Long> numbers) {
  /** Of all torrents, in the order in which they came. */
  List<TorrentRecord> all() {
    List<TorrentRecord> all = new ArrayList<>();
    store.reads().forEachRow(row -> all.add(of(row)));
    return all;
  }

  Optional<TorrentRecord> of(InfoHashes torrent) {
    return Optional.ofNullable(numbers.get(torrent))
        .flatMap(number -> store.reads().row(number))
        .map(KeptRecords::of);
  }

  /** Writes down what the user calls a torrent. */
  CompletionStage<?> change(InfoHashes torrent, UnaryOperator<Torrent> change) {
    Long number = numbers.get(torrent);
    return number == null
        ? Specs.refused(torrent, "there is no such torrent")
        : store.changeTorrent(number, change);
  }

  /** Writes down the user's labels. */
  CompletionStage<?> label(InfoHashes torrent, String category, List<String> tags) {
    return change(
        torrent,
        t -> t.withOptions(t.options().withLabels(category, tags, t.options().bandwidthClass())));
  }

  private static TorrentRecord of(TorrentRow row) {
    Torrent torrent = row.torrent();
    Counters counters = row.counters();
    return new TorrentRecord(
        torrent.hashes(),
        torrent.name(),
        torrent.content().sizeBytes(),
        KeptOptions.of(torrent, FilePriorities.ORDINARY),
        Instant.ofEpochMilli(torrent.addedMillis()),
        instant(counters.completedMillis()),
        instant(counters.lastActivityMillis()),
        Duration.ofNanos(counters.activeNanos()),
        torrent.options().category(),
        torrent.options().tags());
  }

  private static Optional<Instant> instant(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
