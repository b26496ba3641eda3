package sluice.daemon.api;

import java.util.concurrent.TimeUnit;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes limits, order and shares of a torrent. */
final class TorrentChange {
  private static final double PERMILLE = 1_000;
  private static final int MAX_PEERS = 10_000;

  private TorrentChange() {}

  static void apply(Desk desk, Item item, ObjectNode body) {
    var options = item.record().options();
    if (body.has("downLimit") || body.has("upLimit")) {
      long down = Json.number(body, "downLimit").orElse(options.downBytesPerSecond());
      long up = Json.number(body, "upLimit").orElse(options.upBytesPerSecond());
      desk.change(item, handle -> handle.limits(Math.max(0, down), Math.max(0, up)));
    }
    if (body.has("sequential") || body.has("ends")) {
      boolean sequential = Json.flag(body, "sequential").orElse(options.picking().sequential());
      boolean ends = Json.flag(body, "ends").orElse(options.picking().ends());
      desk.change(item, handle -> handle.order(sequential, ends));
    }
    Json.flag(body, "superSeeding")
        .ifPresent(on -> desk.change(item, handle -> handle.superSeed(on)));
    Json.number(body, "maxPeers")
        .ifPresent(
            most -> desk.change(item, handle -> handle.maxPeers(Math.clamp(most, 0, MAX_PEERS))));
    Json.member(body, "share")
        .ifPresent(said -> {
          ShareRule rule = rule(said, options.terms().share());
          desk.change(item, handle -> handle.share(rule));
        });
  }

  /** What is said of {@code ratio}, {@code seedMinutes} and {@code idleMinutes}. */
  static ShareRule rule(JsonNode said, ShareRule before) {
    return new ShareRule(
        bound(said, "ratio", PERMILLE, before.ratioPermille()),
        bound(said, "seedMinutes", (double) TimeUnit.MINUTES.toNanos(1), before.seedingNanos()),
        bound(said, "idleMinutes", (double) TimeUnit.MINUTES.toNanos(1), before.idleNanos()),
        before.action());
  }

  /** A number is a limit; {@code never} is none; {@code inherit} is that of the session. */
  private static Bound bound(JsonNode said, String name, double unit, Bound before) {
    JsonNode node = said.path(name);
    if (node.isMissingNode()) {
      return before;
    } else if (node.isNumber() && node.doubleValue() >= 0) {
      return Bound.at(Math.round(node.doubleValue() * unit));
    }
    return switch (node.asString("")) {
      case "never" -> Bound.never();
      case "inherit" -> Bound.inherit();
      default -> throw Problem.bad(name + " is a number, 'never' or 'inherit'");
    };
  }
}
