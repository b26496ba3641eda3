package sluice.ledger.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.market.sign.PayAddress;
import tools.jackson.databind.JsonNode;

/**
 * A hub's chain and gateway as the hub tells of them.
 *
 * @param height up to which final blocks were read
 * @param blockSeconds that block's time, in seconds of Unix time
 * @param wallet where members send coins to
 * @param waiting withdrawals of all members that wait to be sent
 * @param fees what it has for fees, if it knows
 * @param alarms what its operator should look at
 */
public record ChainView(
    String genesis,
    long height,
    long blockSeconds,
    PayAddress wallet,
    long waiting,
    Optional<String> fees,
    List<String> alarms) {
  public ChainView {
    alarms = List.copyOf(alarms);
  }

  static ChainView of(JsonNode json) throws IOException {
    List<String> alarms = new ArrayList<>();
    for (JsonNode alarm : Answers.list(json, "alarms")) {
      if (!alarm.isString()) {
        throw new IOException("the hub's alarm is none");
      }
      alarms.add(alarm.stringValue());
    }
    try {
      return new ChainView(
          Answers.text(json, "genesis"),
          Answers.micros(json, "height"),
          Answers.seconds(json, "time"),
          PayAddress.ofHex(Answers.text(json, "wallet")),
          Answers.count(json, "waiting"),
          json.has("fees") ? Optional.of(Answers.text(json, "fees")) : Optional.empty(),
          alarms);
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's chain is none: " + e.getMessage(), e);
    }
  }
}
