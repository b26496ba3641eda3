package sluice.daemon.migrate;

import java.util.List;
import java.util.Optional;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.engine.pick.Priority;
import sluice.engine.policy.Bound;
import sluice.engine.session.PieceMap;
import sluice.engine.session.TorrentFiles;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.wire.PieceSet;

/**
 * Writes what is known of a torrent as qBittorrent keeps it, which {@link Migration} reads, too.
 */
final class ResumeExport {
  private static final long INHERIT = -2;
  private static final long NANOS_OF_MINUTE = 60_000_000_000L;

  private ResumeExport() {}

  static byte[] of(Desk desk, Item item, TorrentHandle handle) {
    var record = item.record();
    var options = record.options();
    BDictionary.Builder all =
        BDictionary.builder()
            .put("active_time", record.active().toSeconds())
            .put("added_time", record.added().getEpochSecond())
            .put("auto_managed", options.running() ? 1 : 0)
            .put("completed_time", item.completedMillis() / 1_000)
            .put("download_rate_limit", options.downBytesPerSecond())
            .put("file-format", "libtorrent resume file")
            .put("file-version", 1)
            .put("info-hash", item.torrent().v1().map(h -> h.bytes()).orElse(new byte[20]));
    Optional<TorrentFiles> files = desk.files(item);
    files.ifPresent(known -> {
      all.put("file_priority", new BList(known.files().stream().map(ResumeExport::level).toList()));
      all.put(
          "mapped_files",
          new BList(
              known.files().stream()
                  .<BValue>map(file -> BString.of(String.join("/", file.path())))
                  .toList()));
    });
    all.put("name", record.name()).put("paused", options.running() ? 0 : 1);
    pieces(item, handle).ifPresent(have -> all.put("pieces", bytes(have)));
    var share = options.terms().share();
    all.put("qBt-category", record.category())
        .put("qBt-firstLastPiecePriority", options.picking().ends() ? 1 : 0)
        .put("qBt-inactiveSeedingTimeLimit", bound(share.idleNanos(), NANOS_OF_MINUTE, 1))
        .put("qBt-name", record.name())
        .put("qBt-ratioLimit", bound(share.ratioPermille(), 1, 1_000))
        .put("qBt-savePath", record.folder().toString())
        .put("qBt-seedingTimeLimit", bound(share.seedingNanos(), NANOS_OF_MINUTE, 1))
        .put("qBt-tags", texts(record.tags()))
        .put("save_path", record.folder().toString())
        .put("seeding_time", item.now().seedingNanos() / 1_000_000_000L)
        .put("sequential_download", options.picking().sequential() ? 1 : 0)
        .put("total_downloaded", item.now().downloaded())
        .put("total_uploaded", item.now().uploaded());
    all.put(
        "trackers",
        new BList(
            item
                .facts()
                .or(() -> desk.shelf().facts(item))
                .map(f -> f.trackers())
                .orElse(List.of())
                .stream()
                .<BValue>map(ResumeExport::texts)
                .toList()));
    return Bencode.write(all.put("upload_rate_limit", options.upBytesPerSecond()).build());
  }

  private static BValue level(TorrentFiles.TorrentFile file) {
    return new BInteger(
        switch (file.priority()) {
          case Priority.SKIP -> 0;
          case Priority.LOW, Priority.NORMAL -> 1;
          case Priority.HIGH -> 6;
          case Priority.FIRST -> 7;
        });
  }

  private static Optional<PieceSet> pieces(Item item, TorrentHandle handle) {
    Optional<PieceMap> map = Desk.done(handle.pieces());
    return map.map(PieceMap::have)
        .or(() ->
            item.now().pieces() > 0 && item.now().havePieces() == item.now().pieces()
                ? Optional.of(PieceSet.full(item.now().pieces()))
                : Optional.empty());
  }

  private static byte[] bytes(PieceSet have) {
    byte[] bytes = new byte[have.size()];
    for (int i = have.nextSet(0); i >= 0; i = have.nextSet(i + 1)) {
      bytes[i] = 1;
    }
    return bytes;
  }

  private static long bound(Bound bound, long unit, long scale) {
    return switch (bound) {
      case Bound.Inherit i -> INHERIT * scale;
      case Bound.Never n -> -scale;
      case Bound.At(long value) -> value / unit;
    };
  }

  private static BList texts(List<String> texts) {
    return new BList(texts.stream().<BValue>map(BString::of).toList());
  }
}
