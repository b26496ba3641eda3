package sluice.ledger.client;

import java.io.IOException;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.JsonNode;

/**
 * A channel as the hub tells of it.
 *
 * @param state OPEN, CLOSING or CLOSED
 * @param expiresAt in seconds of Unix time
 * @param refundAt from when on the rest goes back to the payer, in seconds of Unix time
 */
public record ChannelView(
    Hash id,
    PayAddress payer,
    PayAddress payee,
    String asset,
    long depositMicros,
    long paidMicros,
    long refundedMicros,
    String state,
    long expiresAt,
    long refundAt) {
  static ChannelView of(JsonNode json) throws IOException {
    try {
      return new ChannelView(
          Hash.ofHex(json.path("channel").asString("")),
          PayAddress.ofHex(json.path("payer").asString("")),
          PayAddress.ofHex(json.path("payee").asString("")),
          json.path("asset").asString(""),
          Answers.micros(json, "deposit"),
          Answers.micros(json, "paid"),
          Answers.micros(json, "refunded"),
          json.path("state").asString(""),
          Answers.seconds(json, "expires"),
          Answers.seconds(json, "refund"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the hub's channel is none: " + e.getMessage(), e);
    }
  }
}
