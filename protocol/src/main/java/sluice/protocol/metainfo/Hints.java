package sluice.protocol.metainfo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;

/**
 * Which other torrents may have files in common with one (BEP 38), from in and outside of its info
 * dictionary. The relation holds in both directions.
 *
 * @param similar info-hashes: 20 bytes, or 32 for v2
 * @param collections names that such torrents have in common
 */
public record Hints(List<Hash> similar, List<String> collections) {
  /** Most torrents, and most collections, that are kept. */
  public static final int MAX = 256;

  /** Longest name of a collection that is kept. */
  public static final int MAX_NAME_BYTES = 256;

  /** No hints. */
  public static final Hints NONE = new Hints(List.of(), List.of());

  public Hints {
    similar = List.copyOf(similar);
    collections = List.copyOf(collections);
  }

  /** Those of a torrent file and of its info dictionary; what cannot be used is left out. */
  static Hints read(BDictionary root, BDictionary info) {
    Set<Hash> similar = new LinkedHashSet<>();
    strings(root, info, "similar").forEach(s -> hash(s).ifPresent(similar::add));
    Set<String> collections = new LinkedHashSet<>();
    strings(root, info, "collections")
        .filter(s -> s.length() > 0 && s.length() <= MAX_NAME_BYTES)
        .forEach(s -> collections.add(s.utf8()));
    return new Hints(
        similar.stream().limit(MAX).toList(), collections.stream().limit(MAX).toList());
  }

  private static Optional<Hash> hash(BString bytes) {
    return bytes.length() == Hash.SHA1_BYTES || bytes.length() == Hash.SHA256_BYTES
        ? Optional.of(Hash.of(bytes.bytes()))
        : Optional.empty();
  }

  private static Stream<BString> strings(BDictionary root, BDictionary info, String key) {
    return Stream.of(info, root)
        .flatMap(from -> from.list(key).map(BList::items).orElse(List.of()).stream())
        .flatMap(item -> item instanceof BString text ? Stream.of(text) : Stream.empty());
  }

  /** {@code similar} as it is written. */
  BList similarItems() {
    return new BList(similar.stream().<BValue>map(h -> BString.of(h.bytes())).toList());
  }
}
