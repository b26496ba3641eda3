package sluice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.cli.text.Format;
import sluice.cli.text.Printable;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/** What is known about a torrent: as values for JSON, and as lines for people. */
final class Description {
  private static final int LABEL_WIDTH = 14;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  private Description() {}

  /** All of a torrent file. */
  static Description of(Metainfo metainfo) {
    Description d = new Description();
    Info info = metainfo.info();
    d.name(info.name());
    d.hashes(info.hashes());
    d.both("size", info.layout().dataLength(), Format.bytes(info.layout().dataLength()));
    d.both("pieces", info.layout().pieceCount(), String.valueOf(info.layout().pieceCount()));
    long pieceLength = info.layout().pieceLength();
    d.both("piece_length", pieceLength, Format.bytes(pieceLength));
    d.both("private", info.isPrivate(), info.isPrivate() ? "yes" : "no");
    metainfo.comment().ifPresent(text -> d.both("comment", text, text));
    metainfo.createdBy().ifPresent(text -> d.both("created_by", text, text));
    metainfo.created().ifPresent(t -> d.both("created", t.toString(), t.toString()));
    d.tiers(metainfo.trackers());
    d.list("web_seeds", "web seed", metainfo.webSeeds());
    d.list("nodes", "DHT node", metainfo.nodes().stream().map(HostPort::toString).toList());
    d.list("remarks", "remark", metainfo.softErrors());
    d.files(info.files());
    return d;
  }

  /** All of a magnet link. */
  static Description of(Magnet magnet) {
    Description d = new Description();
    magnet.name().ifPresent(d::name);
    d.hashes(magnet.hashes());
    d.tiers(magnet.trackers().stream().map(List::of).toList());
    d.list("web_seeds", "web seed", magnet.webSeeds());
    d.list("peers", "peer", magnet.peers().stream().map(HostPort::toString).toList());
    if (!magnet.selection().isEmpty()) {
      d.both("selection", magnet.selection(), magnet.selection().toString());
    }
    return d;
  }

  /** For JSON. */
  Map<String, Object> values() {
    return values;
  }

  /** For people. */
  List<String> lines() {
    return lines;
  }

  private void name(String name) {
    both("name", name, name);
  }

  private void hashes(InfoHashes hashes) {
    hashes.v1().ifPresent(h -> both("info_hash_v1", h.hex(), h.hex()));
    hashes.v2().ifPresent(h -> both("info_hash_v2", h.hex(), h.hex()));
  }

  private void tiers(List<List<String>> tiers) {
    values.put("trackers", tiers);
    for (int tier = 0; tier < tiers.size(); tier++) {
      for (String url : tiers.get(tier)) {
        line("tracker", tiers.size() == 1 ? url : url + " (tier " + (tier + 1) + ")");
      }
    }
  }

  private void list(String key, String label, List<String> items) {
    if (!items.isEmpty()) {
      values.put(key, items);
      items.forEach(item -> line(label, item));
    }
  }

  private void files(List<FileEntry> files) {
    List<Map<String, Object>> all = new ArrayList<>();
    int digits = String.valueOf(files.size()).length();
    for (FileEntry file : files) {
      if (file.isPad()) {
        continue;
      }
      String path = String.join("/", file.path());
      Map<String, Object> entry = new LinkedHashMap<>();
      int number = all.size() + 1;
      entry.put("index", number);
      entry.put("path", path);
      entry.put("length", file.length());
      file.piecesRoot().ifPresent(root -> entry.put("pieces_root", root.hex()));
      file.symlink().ifPresent(target -> entry.put("symlink", String.join("/", target)));
      if (file.attributes().contains(FileEntry.Attribute.EXECUTABLE)) {
        entry.put("executable", true);
      }
      all.add(entry);
      String target = file.symlink().map(t -> " -> " + String.join("/", t)).orElse("");
      String size = Format.bytes(file.length());
      line("file", String.format("%" + digits + "d %10s  %s", number, size, path + target));
    }
    values.put("files", all);
  }

  private void both(String key, Object value, String shown) {
    values.put(key, value);
    line(key.replace('_', ' '), shown);
  }

  private void line(String label, String text) {
    lines.add(Printable.clean(String.format("%-" + LABEL_WIDTH + "s%s", label, text)));
  }
}
