package sluice.ledger.gateway;

import java.util.List;
import java.util.Optional;
import sluice.market.sign.PayAddress;

/**
 * How a gateway is.
 *
 * @param genesis the chain's first block
 * @param height up to which final blocks were read
 * @param blockSeconds that block's time
 * @param wallet where members send coins to
 * @param walletText the same as the chain writes it
 * @param waiting withdrawals that wait to be sent
 * @param funds what it has, as of the last look
 * @param alarms what its operator should look at
 */
public record GatewayStatus(
    String genesis,
    long height,
    long blockSeconds,
    PayAddress wallet,
    String walletText,
    long waiting,
    Optional<ChainFunds> funds,
    List<String> alarms) {
  public GatewayStatus {
    alarms = List.copyOf(alarms);
  }
}
