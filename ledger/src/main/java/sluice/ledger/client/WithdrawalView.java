package sluice.ledger.client;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.JsonNode;

/**
 * A withdrawal as the hub tells of it.
 *
 * @param micros what is paid on the chain
 * @param feeMicros what the hub keeps
 * @param state REQUESTED, BUILT, SENT, PAID or RETURNED
 * @param atSeconds when it was requested, in seconds of Unix time
 * @param txid of the transaction that pays it, once there is one
 * @param ahead how many are before it; only of one that is asked for alone
 */
public record WithdrawalView(
    Hash id,
    String asset,
    long micros,
    long feeMicros,
    PayAddress to,
    String state,
    long atSeconds,
    Optional<Hash> txid,
    OptionalLong ahead) {
  static WithdrawalView of(JsonNode json) throws IOException {
    try {
      return new WithdrawalView(
          Hash.ofHex(Answers.text(json, "id")),
          Answers.text(json, "asset"),
          Answers.micros(json, "amount"),
          Answers.micros(json, "fee"),
          PayAddress.ofHex(Answers.text(json, "to")),
          Answers.text(json, "state"),
          Answers.seconds(json, "time"),
          json.has("txid") ? Optional.of(Hash.ofHex(Answers.text(json, "txid"))) : Optional.empty(),
          json.has("ahead")
              ? OptionalLong.of(Answers.micros(json, "ahead"))
              : OptionalLong.empty());
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's withdrawal is none: " + e.getMessage(), e);
    }
  }
}
