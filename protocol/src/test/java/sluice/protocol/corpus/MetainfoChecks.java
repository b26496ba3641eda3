package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceHashes;
import sluice.protocol.metainfo.PieceLayout;

/** What must hold for every torrent that the loader accepts, whatever its bytes were. */
final class MetainfoChecks {
  /** Elements that were found to be safe; deep folders come again with each of their files. */
  private final Set<String> safe = new HashSet<>();

  private final Map<String, String> folded = new HashMap<>();

  private MetainfoChecks() {}

  static void check(Metainfo torrent) {
    new MetainfoChecks().files(torrent.info());
    pieces(torrent);
  }

  private void files(Info info) {
    Set<List<String>> paths = new HashSet<>();
    for (FileEntry file : info.files()) {
      safe(file.path());
      file.symlink().ifPresent(this::safe);
      require(file.path().getFirst().equals(info.name()), "a path leaves the root folder");
      if (!file.isPad()) {
        require(paths.add(key(file.path())), "two files have one path: " + file.path());
      }
    }
  }

  private static void pieces(Metainfo torrent) {
    Info info = torrent.info();
    PieceLayout layout = info.layout();
    require(layout.pieceCount() > 0 && layout.dataLength() > 0, "nothing to share");
    require(layout.totalLength() >= layout.dataLength(), "less than its data");
    PieceHashes hashes = PieceHashes.of(torrent);
    for (int piece = 0; piece < Math.min(1_000, layout.pieceCount()); piece++) {
      require(!info.hasV1() || hashes.of(piece).isPresent(), "a v1 piece has no hash");
    }
  }

  private List<String> key(List<String> path) {
    return path.stream().map(e -> folded.computeIfAbsent(e, MetainfoChecks::fold)).toList();
  }

  private static String fold(String element) {
    String composed = Normalizer.normalize(element, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private void safe(List<String> path) {
    require(!path.isEmpty(), "no path");
    for (String element : path) {
      if (!safe.add(element)) {
        continue;
      }
      require(!element.isEmpty() && !element.equals(".") && !element.equals(".."), element);
      require(element.getBytes(UTF_8).length <= 255, "name too long");
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
