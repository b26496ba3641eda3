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
    List<Integer> selection) {}
