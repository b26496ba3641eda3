package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;
import sluice.protocol.address.HostPort;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;

/**
 * {@link Metainfo} to a torrent file, such as one that came by a magnet. The info dictionary is
 * written byte for byte as it was received, so the file has its hashes even when that is not
 * canonical. Pure.
 */
public final class MetainfoWriter {
  private MetainfoWriter() {}

  /** The bytes of a torrent file of which {@link MetainfoParser} reads the same. */
  public static byte[] write(Metainfo metainfo) {
    byte[] before = Bencode.write(beforeInfo(metainfo));
    byte[] after = Bencode.write(afterInfo(metainfo));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    // Two dictionaries become one: neither the end of the first nor the start of the second.
    file.write(before, 0, before.length - 1);
    file.writeBytes("4:info".getBytes(US_ASCII));
    file.writeBytes(metainfo.info().raw());
    file.write(after, 1, after.length - 1);
    return file.toByteArray();
  }

  /** What stands before {@code info} in the order of keys. */
  private static BDictionary beforeInfo(Metainfo metainfo) {
    BDictionary.Builder outer = BDictionary.builder();
    List<List<String>> tiers = metainfo.trackers().stream().filter(t -> !t.isEmpty()).toList();
    if (!tiers.isEmpty()) {
      outer.put("announce", tiers.getFirst().getFirst());
    }
    if (tiers.stream().mapToInt(List::size).sum() > 1) {
      outer.put(
          "announce-list", new BList(tiers.stream().<BValue>map(MetainfoWriter::strings).toList()));
    }
    if (!metainfo.hints().collections().isEmpty()) {
      outer.put("collections", strings(metainfo.hints().collections()));
    }
    metainfo.comment().ifPresent(text -> outer.put("comment", text));
    metainfo.createdBy().ifPresent(text -> outer.put("created by", text));
    metainfo.created().ifPresent(when -> outer.put("creation date", when.getEpochSecond()));
    return outer.build();
  }

  /** What stands after it. */
  private static BDictionary afterInfo(Metainfo metainfo) {
    BDictionary.Builder outer = BDictionary.builder();
    if (!metainfo.nodes().isEmpty()) {
      outer.put(
          "nodes", new BList(metainfo.nodes().stream().<BValue>map(MetainfoWriter::node).toList()));
    }
    if (!metainfo.pieceLayers().isEmpty()) {
      BDictionary.Builder layers = BDictionary.builder();
      metainfo
          .pieceLayers()
          .forEach(
              (root, layer) -> layers.put(BString.of(root.bytes()), BString.of(layer.bytes())));
      outer.put("piece layers", layers.build());
    }
    if (!metainfo.hints().similar().isEmpty()) {
      outer.put("similar", metainfo.hints().similarItems());
    }
    if (!metainfo.webSeeds().isEmpty()) {
      outer.put("url-list", strings(metainfo.webSeeds()));
    }
    return outer.build();
  }

  private static BList node(HostPort node) {
    return BList.of(BString.of(node.host()), new BInteger(node.port()));
  }

  private static BList strings(List<String> texts) {
    return new BList(texts.stream().<BValue>map(BString::of).toList());
  }
}
