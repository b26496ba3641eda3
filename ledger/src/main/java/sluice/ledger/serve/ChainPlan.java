package sluice.ledger.serve;

import sluice.ledger.gateway.ChainGateway;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.PayoutRules;

/**
 * The chain that a hub is on.
 *
 * @param chainId part of what the hub signs
 * @param asset how the ledger names its coins
 * @param firstBlock where a new hub begins to read; later ones go on where they were
 * @param pollMillis between two looks at the chain
 */
public record ChainPlan(
    ChainGateway chain,
    long chainId,
    String asset,
    long firstBlock,
    PayoutRules payouts,
    GatewayRules rules,
    long pollMillis) {}
