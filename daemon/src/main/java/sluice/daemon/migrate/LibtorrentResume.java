package sluice.daemon.migrate;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.client.Brought;
import sluice.engine.pick.Priority;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PieceSet;

/**
 * Resume data of libtorrent, alone or with what qBittorrent adds to them ({@code qBt-…}), as {@code
 * write_resume_data} of libtorrent writes them.
 */
final class LibtorrentResume {
  private static final String FORMAT = "libtorrent resume file";
  private static final int MAX_PIECES = 1 << 21;

  /** What qBittorrent writes for the limit of the session, and for none. */
  private static final long INHERIT = -2;

  private LibtorrentResume() {}

  /**
   * What {@code bytes} say of a torrent.
   *
   * @param torrent its torrent file, if there is one beside
   */
  static Moving read(byte[] bytes, Optional<byte[]> torrent) throws ForeignException {
    Foreign all = Foreign.parse(bytes);
    if (!all.text("file-format").equals(FORMAT)) {
      throw new ForeignException("no resume data of libtorrent");
    }
    Optional<byte[]> file =
        torrent.or(() -> all.fields().raw("info").map(info -> TorrentOfInfo.file(info, all)));
    return new Moving(
        file,
        file.isEmpty() ? magnet(all) : Optional.empty(),
        folder(all),
        all.text("qBt-name"),
        all.text("qBt-category"),
        all.texts("qBt-tags").stream().filter(tag -> !tag.isEmpty()).toList(),
        all.flag("paused") && !all.flag("auto_managed"),
        all.count("download_rate_limit"),
        all.count("upload_rate_limit"),
        all.flag("sequential_download"),
        all.flag("qBt-firstLastPiecePriority"),
        all.numbers("file_priority").stream().map(LibtorrentResume::priority).toList(),
        new ShareRule(
            bound(all.number("qBt-ratioLimit", INHERIT * 1_000), 1_000, 1),
            bound(all.number("qBt-seedingTimeLimit", INHERIT), 1, TimeUnit.MINUTES.toNanos(1)),
            bound(
                all.number("qBt-inactiveSeedingTimeLimit", INHERIT),
                1,
                TimeUnit.MINUTES.toNanos(1)),
            Optional.empty()),
        Optional.of(tiers(all)).filter(tiers -> !tiers.isEmpty()),
        new Brought(
            pieces(all.bytes("pieces").orElse(new byte[0])),
            renamed(all),
            all.count("total_uploaded"),
            all.count("total_downloaded"),
            all.seconds("active_time"),
            all.seconds("seeding_time"),
            all.time("added_time"),
            all.time("completed_time")));
  }

  private static Path folder(Foreign all) throws ForeignException {
    String own = all.text("qBt-savePath");
    String text = own.isEmpty() ? all.text("save_path") : own;
    try {
      Path folder = Path.of(text);
      if (folder.isAbsolute()) {
        return folder.normalize();
      }
    } catch (InvalidPathException e) {
      throw new ForeignException("no path: " + text);
    }
    throw new ForeignException("it does not say where the data are: '" + text + "'");
  }

  private static Optional<String> magnet(Foreign all) throws ForeignException {
    byte[] hash = all.bytes("info-hash").orElse(new byte[0]);
    if (hash.length != 20) {
      throw new ForeignException("neither a torrent file nor a hash");
    }
    StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:").append(Hash.of(hash).hex());
    for (List<String> tier : tiers(all)) {
      for (String url : tier) {
        link.append("&tr=")
            .append(java.net.URLEncoder.encode(url, java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return Optional.of(link.toString());
  }

  private static List<List<String>> tiers(Foreign all) {
    List<List<String>> tiers = new ArrayList<>();
    for (BValue tier : all.list("trackers")) {
      if (tier instanceof BList(List<BValue> urls)) {
        tiers.add(Foreign.texts(urls).stream().filter(url -> !url.isEmpty()).toList());
      }
    }
    return tiers.stream().filter(tier -> !tier.isEmpty()).toList();
  }

  /** A byte for each piece; its lowest bit says that it is there. */
  private static PieceSet pieces(byte[] bytes) throws ForeignException {
    if (bytes.length > MAX_PIECES) {
      throw new ForeignException("too many pieces");
    }
    PieceSet have = new PieceSet(bytes.length);
    for (int piece = 0; piece < bytes.length; piece++) {
      if ((bytes[piece] & 1) != 0) {
        have.set(piece);
      }
    }
    return have;
  }

  /** Paths of all files, if one was renamed; an empty one is as it was. */
  private static Map<Integer, List<String>> renamed(Foreign all) {
    Map<Integer, List<String>> renamed = new HashMap<>();
    List<String> paths = all.texts("mapped_files");
    for (int i = 0; i < paths.size(); i++) {
      List<String> parts = List.of(paths.get(i).replace('\\', '/').split("/", -1));
      boolean clean = parts.stream().noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
      if (clean) {
        renamed.put(i, parts);
      }
    }
    return renamed;
  }

  private static Priority priority(long level) {
    return switch (Math.clamp(level, 0, 7)) {
      case 0 -> Priority.SKIP;
      case 1, 2, 3, 4, 5 -> Priority.NORMAL;
      case 6 -> Priority.HIGH;
      default -> Priority.FIRST;
    };
  }

  private static Bound bound(long value, long scale, long unit) {
    if (value < 0) {
      return value <= INHERIT * scale ? Bound.inherit() : Bound.never();
    }
    return Bound.at(Math.multiplyHigh(value, unit) == 0 ? value * unit : Long.MAX_VALUE / 2);
  }
}
