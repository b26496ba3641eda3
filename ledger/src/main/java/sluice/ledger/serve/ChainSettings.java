package sluice.ledger.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.PayoutRules;

/**
 * The chain of a hub as its file names it.
 *
 * @param node host and port of a node's full service
 * @param solidity of its solidity service
 * @param tls whether the node speaks TLS
 * @param apiKey file with the key that a hosted node wants
 * @param others solidity services of nodes that must tell the same
 * @param genesis id of the chain's first block
 * @param mainnet whether the main network is meant
 * @param token number of the token
 * @param precision its decimals
 * @param label what people call it
 * @param firstBlock where a new hub begins to read; empty for the newest final block
 */
public record ChainSettings(
    String node,
    String solidity,
    boolean tls,
    Optional<Path> apiKey,
    List<String> others,
    Optional<String> genesis,
    boolean mainnet,
    String token,
    int precision,
    String label,
    Optional<Long> firstBlock,
    PayoutRules payouts,
    GatewayRules rules) {
  public ChainSettings {
    others = List.copyOf(others);
  }
}
