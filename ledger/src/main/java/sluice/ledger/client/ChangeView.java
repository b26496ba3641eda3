package sluice.ledger.client;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * What changed a balance, as the hub tells of it.
 *
 * @param entry number of the entry
 * @param atSeconds in seconds of Unix time
 * @param account the member's account that changed
 * @param micros by how much; below zero if it became less
 */
public record ChangeView(
    long entry, long atSeconds, String kind, String reference, String account, long micros) {
  static ChangeView of(JsonNode json) throws IOException {
    return new ChangeView(
        Answers.micros(json, "entry"),
        Answers.seconds(json, "time"),
        Answers.text(json, "kind"),
        Answers.text(json, "reference"),
        Answers.text(json, "account"),
        Answers.change(json, "amount"));
  }
}
