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
 * @param certificate file with the certificate that the node has to show; empty: one of an
 *     authority that the JDK knows
 * @param apiKey file with the key that a hosted node wants
 * @param others solidity services of nodes that must tell the same
 * @param genesis id of the chain's first block
 * @param mainnet whether the main network is meant
 * @param token number of the token
 * @param precision its decimals
 * @param label what people call it
 * @param firstBlock where a new hub begins to read; empty for the newest final block
 * @param pollMillis between two looks at the chain
 */
public record ChainSettings(
    String node,
    String solidity,
    boolean tls,
    Optional<Path> certificate,
    Optional<Path> apiKey,
    List<String> others,
    Optional<String> genesis,
    boolean mainnet,
    String token,
    int precision,
    String label,
    Optional<Long> firstBlock,
    PayoutRules payouts,
    GatewayRules rules,
    long pollMillis) {
  /** As often as there are blocks. */
  static final int POLL_MILLIS = 3_000;

  /** More often would only be a burden to a node. */
  static final int LEAST_POLL_MILLIS = 50;

  public ChainSettings {
    if (pollMillis < LEAST_POLL_MILLIS) {
      throw new IllegalArgumentException("poll-millis is " + LEAST_POLL_MILLIS + " at the least");
    }
    others = List.copyOf(others);
  }
}
