package sluice.protocol.magnet;

import java.util.List;
import java.util.Optional;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.InfoHashes;

/**
 * A magnet URI.
 *
 * @param hashes {@code xt}: btih (v1), btmh (v2) or both
 * @param name {@code dn}
 * @param trackers {@code tr}, each a tier of its own
 * @param webSeeds {@code ws}
 * @param peers {@code x.pe}
 * @param selection {@code so}: ascending file indexes; empty means all files (BEP 53)
 */
public record Magnet(
    InfoHashes hashes,
    Optional<String> name,
    List<String> trackers,
    List<String> webSeeds,
    List<HostPort> peers,
    List<Integer> selection) {

  /** The URI; {@link MagnetParser#parse} gives an equal value back. */
  public String toUri() {
    StringBuilder uri = new StringBuilder("magnet:?");
    hashes.v1().ifPresent(hash -> append(uri, "xt", "urn:btih:" + hash.hex()));
    hashes.v2().ifPresent(hash -> append(uri, "xt", "urn:btmh:1220" + hash.hex()));
    name.ifPresent(text -> append(uri, "dn", PercentCodec.encode(text)));
    trackers.forEach(url -> append(uri, "tr", PercentCodec.encode(url)));
    webSeeds.forEach(url -> append(uri, "ws", PercentCodec.encode(url)));
    peers.forEach(peer -> append(uri, "x.pe", peer.toString()));
    if (!selection.isEmpty()) {
      append(uri, "so", FileSelectionCodec.encode(selection));
    }
    return uri.toString();
  }

  private static void append(StringBuilder uri, String key, String value) {
    uri.append(uri.charAt(uri.length() - 1) == '?' ? "" : "&").append(key).append('=');
    uri.append(value);
  }
}
