package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry.Attribute;

/** Puts the parts of a torrent file together. One use, one thread. */
final class InfoWriter {
  private final MetainfoBuilder builder;
  private final int pieceLength;
  private final List<FileEntry> files;
  private final byte[] v1Hashes;

  InfoWriter(MetainfoBuilder builder, int pieceLength, List<FileEntry> files, byte[] v1Hashes) {
    this.builder = builder;
    this.pieceLength = pieceLength;
    this.files = files;
    this.v1Hashes = v1Hashes;
  }

  BDictionary torrent(Function<FileEntry, Optional<Hash>> roots, Map<Hash, byte[]> layers) {
    BDictionary.Builder torrent = BDictionary.builder();
    List<List<String>> tiers = builder.trackers;
    if (!tiers.isEmpty()) {
      torrent.put("announce", tiers.getFirst().getFirst());
    }
    if (tiers.stream().mapToInt(List::size).sum() > 1) {
      torrent.put(
          "announce-list", new BList(tiers.stream().<BValue>map(InfoWriter::strings).toList()));
    }
    if (!builder.webSeeds.isEmpty()) {
      torrent.put("url-list", strings(builder.webSeeds));
    }
    builder.comment.ifPresent(text -> torrent.put("comment", text));
    builder.createdBy.ifPresent(text -> torrent.put("created by", text));
    builder.created.ifPresent(when -> torrent.put("creation date", when.getEpochSecond()));
    torrent.put("info", info(roots));
    if (builder.version != MetainfoBuilder.Version.V1) {
      BDictionary.Builder all = BDictionary.builder();
      layers.forEach((root, layer) -> all.put(BString.of(root.bytes()), BString.of(layer)));
      torrent.put("piece layers", all.build());
    }
    return torrent.build();
  }

  private BDictionary info(Function<FileEntry, Optional<Hash>> roots) {
    BDictionary.Builder info = BDictionary.builder();
    info.put("name", builder.name);
    info.put("piece length", pieceLength);
    if (builder.isPrivate) {
      info.put("private", 1);
    }
    builder.source.ifPresent(source -> info.put("source", source));
    if (builder.version != MetainfoBuilder.Version.V1) {
      info.put("meta version", 2);
      info.put("file tree", tree(roots));
    }
    if (builder.version != MetainfoBuilder.Version.V2) {
      info.put("pieces", v1Hashes);
      if (builder.singleFile) {
        info.put("length", files.getFirst().length());
      } else {
        info.put("files", new BList(files.stream().map(this::v1File).toList()));
      }
    }
    return info.build();
  }

  private BValue v1File(FileEntry file) {
    return common(file).put("path", strings(below(file.path()))).build();
  }

  private List<String> below(List<String> path) {
    return builder.singleFile ? path : path.subList(1, path.size());
  }

  private BDictionary.Builder common(FileEntry file) {
    BDictionary.Builder common = BDictionary.builder().put("length", file.length());
    StringBuilder letters = new StringBuilder();
    for (Attribute attribute : Attribute.values()) {
      if (file.attributes().contains(attribute)) {
        letters.append(FileFields.letter(attribute));
      }
    }
    if (!letters.isEmpty()) {
      common.put("attr", letters.toString());
    }
    file.symlink().ifPresent(target -> common.put("symlink path", strings(below(target))));
    return common;
  }

  private BDictionary tree(Function<FileEntry, Optional<Hash>> roots) {
    Folder root = new Folder();
    for (FileEntry file : files) {
      if (!file.isPad()) {
        BDictionary.Builder properties = common(file);
        roots.apply(file).ifPresent(hash -> properties.put("pieces root", hash.bytes()));
        BValue leaf = BDictionary.builder().put("", properties.build()).build();
        List<String> path = below(file.path());
        Folder folder = root;
        for (String element : path.subList(0, path.size() - 1)) {
          folder = folder.folders.computeIfAbsent(element, e -> new Folder());
        }
        folder.files.put(path.getLast(), leaf);
      }
    }
    return root.build();
  }

  private static BList strings(List<String> texts) {
    List<BValue> items = new ArrayList<>(texts.size());
    texts.forEach(text -> items.add(BString.of(text)));
    return new BList(items);
  }

  /** A folder of the file tree; as deep as the folders on disk are. */
  private static final class Folder {
    final Map<String, Folder> folders = new TreeMap<>();
    final Map<String, BValue> files = new TreeMap<>();

    BDictionary build() {
      BDictionary.Builder entries = BDictionary.builder();
      files.forEach(entries::put);
      folders.forEach((name, folder) -> entries.put(name, folder.build()));
      return entries.build();
    }
  }
}
