package sluice.daemon.shelf;

import java.util.Optional;
import sluice.daemon.web.Json;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When torrents have shared enough, in files: a number is a limit, {@code never} is none. */
final class ShareJson {
  private ShareJson() {}

  static ObjectNode of(ShareRule rule) {
    ObjectNode object = Json.object();
    put(object, "ratioPermille", rule.ratioPermille());
    put(object, "seedingNanos", rule.seedingNanos());
    put(object, "idleNanos", rule.idleNanos());
    return object;
  }

  private static void put(ObjectNode object, String name, Bound bound) {
    switch (bound) {
      case Bound.Inherit inherit -> {}
      case Bound.Never never -> object.put(name, "never");
      case Bound.At(long limit) -> object.put(name, limit);
    }
  }

  static ShareRule read(JsonNode object) {
    return new ShareRule(
        bound(object.path("ratioPermille")),
        bound(object.path("seedingNanos")),
        bound(object.path("idleNanos")),
        Optional.empty());
  }

  private static Bound bound(JsonNode node) {
    return node.isNumber()
        ? Bound.at(Math.max(0, node.asLong()))
        : node.isString() ? Bound.never() : Bound.inherit();
  }
}
