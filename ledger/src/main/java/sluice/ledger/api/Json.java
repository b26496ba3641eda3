package sluice.ledger.api;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Channel;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers as JSON. Amounts are strings, as other languages have no numbers of 64 bits. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

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

  static ObjectNode channels(List<Channel> channels) {
    ObjectNode root = object();
    root.putArray("channels")
        .addAll(channels.stream().map(Json::channel).collect(Collectors.toList()));
    return root;
  }
}
