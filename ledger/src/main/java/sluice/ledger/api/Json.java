package sluice.ledger.api;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.HistoryLine;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.ledger.hub.Withdrawal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers as JSON. Amounts are strings, as other languages have no numbers of 64 bits. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final Map<Refusal, Integer> STATUS =
      Map.of(
          Refusal.UNKNOWN_MEMBER, 404,
          Refusal.UNKNOWN_CHANNEL, 404,
          Refusal.UNKNOWN_PAYEE, 404,
          Refusal.UNKNOWN_ASSET, 404,
          Refusal.NOT_YOURS, 403,
          Refusal.FOREIGN_ADDRESS, 403,
          Refusal.NO_PAYOUTS, 403,
          Refusal.KEY_IN_USE, 409,
          Refusal.CLOSED, 409,
          Refusal.EXPIRED, 409);
  private static final int UNPROCESSABLE = 422;

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String text(ObjectNode node) {
    return MAPPER.writeValueAsString(node);
  }

  static ObjectNode problem(String code, String detail) {
    return object().put("code", code).put("detail", detail);
  }

  static ObjectNode balance(Balance balance) {
    return object()
        .put("available", Long.toString(balance.availableMicros()))
        .put("locked", Long.toString(balance.lockedMicros()))
        .put("withdrawing", Long.toString(balance.withdrawingMicros()));
  }

  static ObjectNode certified(Certified certified) {
    return object()
        .put("channel", certified.cert().channel().hex())
        .put("certificate", HexFormat.of().formatHex(certified.cert().encode()))
        .put("signature", certified.signature().toString());
  }

  static ObjectNode channel(Channel channel) {
    return object()
        .put("channel", channel.cert().channel().hex())
        .put("payer", channel.payer().hex())
        .put("payee", channel.payee().hex())
        .put("asset", channel.asset())
        .put("deposit", Long.toString(channel.cert().deposit()))
        .put("paid", Long.toString(channel.paidMicros()))
        .put("refunded", Long.toString(channel.refundedMicros()))
        .put("state", channel.state().name())
        .put("expires", channel.cert().expiresAt())
        .put("refund", channel.refundAt());
  }

  static ObjectNode withdrawal(Withdrawal w) {
    ObjectNode node =
        object()
            .put("id", w.id().hex())
            .put("asset", w.asset())
            .put("amount", Long.toString(w.micros()))
            .put("fee", Long.toString(w.feeMicros()))
            .put("to", w.to().hex())
            .put("state", w.state().name())
            .put("time", w.atSeconds());
    w.payment().ifPresent(payment -> node.put("txid", payment.txid().hex()));
    return node;
  }

  static ObjectNode history(List<HistoryLine> lines) {
    ObjectNode root = object();
    ArrayNode array = root.putArray("history");
    for (HistoryLine line : lines) {
      array
          .addObject()
          .put("entry", Long.toString(line.entry()))
          .put("time", line.atSeconds())
          .put("kind", line.kind().name())
          .put("reference", line.reference())
          .put("account", line.account().name())
          .put("amount", Long.toString(line.micros()));
    }
    return root;
  }

  /** How an answer is kept: status, space, JSON. */
  static String kept(Outcome<ObjectNode> outcome) {
    return switch (outcome) {
      case Outcome.Done<ObjectNode>(ObjectNode node) -> "200 " + text(node);
      case Outcome.Refused<ObjectNode>(Refusal refusal, String detail) ->
          STATUS.getOrDefault(refusal, UNPROCESSABLE) + " " + text(problem(refusal.name(), detail));
    };
  }

  static <T> Outcome<ObjectNode> map(Outcome<T> outcome, Function<T, ObjectNode> json) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> new Outcome.Done<>(json.apply(value));
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          new Outcome.Refused<>(refusal, detail);
    };
  }

  static ObjectNode channels(List<Channel> channels) {
    ObjectNode root = object();
    root.putArray("channels")
        .addAll(channels.stream().map(Json::channel).collect(Collectors.toList()));
    return root;
  }
}
