package sluice.protocol.metainfo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoException.Reason;

/**
 * Torrent files to {@link Metainfo}: the loader. Refuses what cannot be used, maps unsafe names to
 * safe ones, tolerates and reports the rest.
 */
public final class MetainfoParser {
  /** Largest torrent file in bytes. */
  public static final int MAX_BYTES = BencodeLimits.FILE.bytes();

  private MetainfoParser() {}

  /** Reads a torrent file: v1, v2 or hybrid. */
  public static Metainfo parse(byte[] file) throws MetainfoException {
    Bencode.Lenient parsed = bencode(file);
    if (!(parsed.value() instanceof BDictionary root)) {
      throw new MetainfoException(Reason.ROOT_NOT_A_DICTIONARY, "the file is not a dictionary");
    }
    Optional<BDictionary> info = root.dictionary("info");
    Optional<byte[]> raw = root.raw("info");
    if (info.isEmpty() || raw.isEmpty()) {
      throw new MetainfoException(Reason.INFO_MISSING, "info is missing or not a dictionary");
    }
    checkEncoding(info.get(), raw.get(), parsed);
    SoftErrors softErrors = softErrors(parsed);
    Info read = new InfoReader(info.get(), raw.get(), softErrors).read();
    Map<Hash, PieceLayer> layers = PieceLayers.read(root, read, softErrors);
    OuterReader outer = new OuterReader(root, softErrors);
    return new Metainfo(
        read,
        outer.trackers(),
        outer.webSeeds(read.isSingleFile()),
        outer.nodes(),
        layers,
        outer.text("comment"),
        outer.text("created by"),
        outer.created(),
        Hints.read(root, info.get()),
        softErrors.list());
  }

  /** Reads an info dictionary alone, as peers send it for a magnet; nothing may follow it. */
  public static Metainfo parseInfo(byte[] rawInfo) throws MetainfoException {
    Bencode.Lenient parsed = bencode(rawInfo);
    if (!(parsed.value() instanceof BDictionary info)) {
      throw new MetainfoException(Reason.INFO_MISSING, "info is not a dictionary");
    }
    if (parsed.end() != rawInfo.length) {
      throw new MetainfoException(Reason.NOT_BENCODED, "bytes after the info dictionary");
    }
    checkEncoding(info, rawInfo, parsed);
    SoftErrors softErrors = softErrors(parsed);
    Info read = new InfoReader(info, rawInfo.clone(), softErrors).read();
    return new Metainfo(
        read,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Hints.read(info, info),
        softErrors.list());
  }

  private static Bencode.Lenient bencode(byte[] input) throws MetainfoException {
    if (input.length > MAX_BYTES) {
      throw new MetainfoException(Reason.TOO_LARGE, "more than " + MAX_BYTES + " bytes");
    }
    try {
      return Bencode.parseLenient(input, BencodeLimits.FILE);
    } catch (BencodeException e) {
      throw new MetainfoException(Reason.NOT_BENCODED, "not bencoded: " + e.getMessage());
    }
  }

  /** Refuses a v2 info that is not canonical; around it, deviations are tolerated. */
  private static void checkEncoding(BDictionary info, byte[] raw, Bencode.Lenient parsed)
      throws MetainfoException {
    if (!InfoReader.isV2(info) || parsed.softErrors().isEmpty()) {
      return;
    }
    try {
      Bencode.parse(raw, BencodeLimits.FILE);
    } catch (BencodeException e) {
      throw new MetainfoException(
          Reason.STRICT_ENCODING_REQUIRED, "v2 info is not canonical: " + e.getMessage());
    }
  }

  private static SoftErrors softErrors(Bencode.Lenient parsed) {
    SoftErrors softErrors = new SoftErrors();
    parsed.softErrors().forEach(e -> softErrors.add(e.message() + " at byte " + e.offset()));
    return softErrors;
  }
}
