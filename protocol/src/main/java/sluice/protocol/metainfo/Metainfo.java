package sluice.protocol.metainfo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;

/**
 * A torrent file: the info dictionary and what stands around it.
 *
 * @param info what is shared
 * @param trackers tiers of announce URLs (BEP 12)
 * @param webSeeds URLs of BEP 19, without duplicates
 * @param nodes DHT nodes (BEP 5)
 * @param pieceLayers for each pieces root of a file longer than a piece, the checked concatenated
 *     hashes of its piece layer (BEP 52); roots that were not given are absent
 * @param comment free text
 * @param createdBy program that made the file
 * @param created when the file was made
 * @param hints which other torrents may have files in common with it (BEP 38)
 * @param softErrors deviations from the specification that were tolerated, for people to read
 */
public record Metainfo(
    Info info,
    List<List<String>> trackers,
    List<String> webSeeds,
    List<HostPort> nodes,
    Map<Hash, PieceLayer> pieceLayers,
    Optional<String> comment,
    Optional<String> createdBy,
    Optional<Instant> created,
    Hints hints,
    List<String> softErrors) {

  /** A torrent without hints. */
  public Metainfo(
      Info info,
      List<List<String>> trackers,
      List<String> webSeeds,
      List<HostPort> nodes,
      Map<Hash, PieceLayer> pieceLayers,
      Optional<String> comment,
      Optional<String> createdBy,
      Optional<Instant> created,
      List<String> softErrors) {
    this(
        info,
        trackers,
        webSeeds,
        nodes,
        pieceLayers,
        comment,
        createdBy,
        created,
        Hints.NONE,
        softErrors);
  }

  /** The same with trackers in these tiers. */
  public Metainfo trackers(List<List<String>> tiers) {
    return new Metainfo(
        info, tiers, webSeeds, nodes, pieceLayers, comment, createdBy, created, hints, softErrors);
  }

  /** The same with these piece layers. */
  public Metainfo with(Map<Hash, PieceLayer> layers) {
    return new Metainfo(
        info, trackers, webSeeds, nodes, layers, comment, createdBy, created, hints, softErrors);
  }
}
