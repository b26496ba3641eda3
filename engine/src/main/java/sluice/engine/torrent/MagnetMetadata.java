package sluice.engine.torrent;

import java.util.List;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/**
 * Makes a torrent file of a magnet and of metadata that peers sent (BEP 9, 52). A v2 torrent may be
 * called by its truncated hash, as if that were v1. Pure.
 */
record MagnetMetadata(Magnet magnet) {

  /** What metadata with the right hash turn out to be. */
  sealed interface Read {
    /** A torrent; it has no piece layers, as these are not in the info dictionary. */
    record Good(Metainfo metainfo) implements Read {}

    /** Bytes that are of no use; nobody can have others. */
    record Unusable(String reason) implements Read {}
  }

  /** Each tracker is a tier of its own. */
  List<List<String>> tiers() {
    return magnet.trackers().stream().map(List::of).toList();
  }

  /** Whether {@code info} has the hashes of the magnet. */
  boolean isRight(byte[] info) {
    InfoHashes hashes = magnet.hashes();
    Hash sha256 = Hash.sha256(info);
    boolean v1 =
        hashes.v1().stream()
            .allMatch(h -> h.equals(Hash.sha1(info)) || h.equals(sha256.truncated()));
    return v1 && hashes.v2().stream().allMatch(sha256::equals);
  }

  /** Reads {@code info}, which has the hashes of the magnet. */
  Read read(byte[] info) {
    Metainfo bare;
    try {
      bare = MetainfoParser.parseInfo(info);
    } catch (MetainfoException e) {
      return new Read.Unusable("the torrent cannot be used: " + e.getMessage());
    }
    Info parsed = bare.info();
    List<Hash> wire = parsed.hashes().wire();
    if (!wire.containsAll(magnet.hashes().wire())) {
      return new Read.Unusable("the magnet has a hash of another version than the torrent is of");
    }
    return new Read.Good(
        new Metainfo(
            parsed,
            tiers(),
            webSeeds(parsed.isSingleFile()),
            bare.nodes(),
            bare.pieceLayers(),
            bare.comment(),
            bare.createdBy(),
            bare.created(),
            bare.hints(),
            bare.softErrors()));
  }

  /** In a multi-file torrent a web seed is a folder. */
  private List<String> webSeeds(boolean singleFile) {
    return magnet.webSeeds().stream()
        .map(url -> singleFile || url.endsWith("/") ? url : url + "/")
        .toList();
  }
}
