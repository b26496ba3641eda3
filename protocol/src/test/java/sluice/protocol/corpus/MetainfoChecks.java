package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceHashes;
import sluice.protocol.metainfo.PieceLayout;

/** What must hold for every torrent that the loader accepts, whatever its bytes were. */
final class MetainfoChecks {
  private MetainfoChecks() {}

  static void check(Metainfo torrent) {
    Info info = torrent.info();
    Set<String> paths = new HashSet<>();
    for (FileEntry file : info.files()) {
      safe(file.path());
      file.symlink().ifPresent(MetainfoChecks::safe);
      require(file.path().getFirst().equals(info.name()), "a path leaves the root folder");
      if (!file.isPad()) {
        require(paths.add(key(file.path())), "two files have one path: " + file.path());
      }
    }
    PieceLayout layout = info.layout();
    require(layout.pieceCount() > 0 && layout.dataLength() > 0, "nothing to share");
    require(layout.totalLength() >= layout.dataLength(), "less than its data");
    PieceHashes hashes = PieceHashes.of(torrent);
    for (int piece = 0; piece < Math.min(1_000, layout.pieceCount()); piece++) {
      require(!info.hasV1() || hashes.of(piece).isPresent(), "a v1 piece has no hash");
    }
  }

  private static String key(List<String> path) {
    String joined = Normalizer.normalize(String.join("/", path), Normalizer.Form.NFC);
    return joined.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static void safe(List<String> path) {
    require(!path.isEmpty(), "no path");
    for (String element : path) {
      require(!element.isEmpty() && !element.equals(".") && !element.equals(".."), element);
      require(element.length() * 3 < 255 || element.getBytes(UTF_8).length <= 255, "name too long");
      for (int i = 0; i < element.length(); i++) {
        char c = element.charAt(i);
        require(c != '/' && c != '\\' && !Character.isISOControl(c), "unsafe name " + element);
      }
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
