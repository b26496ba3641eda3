package sluice.daemon.api;

import sluice.daemon.web.Json;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import tools.jackson.databind.node.ObjectNode;

/** When torrents have shared enough, as our API says it; {@link TorrentChange#rule} reads it. */
final class ShareText {
  private static final double PERMILLE = 1_000;
  private static final double NANOS_OF_MINUTE = 60e9;

  private ShareText() {}

  /** An object with {@code ratio}, {@code seedMinutes} and {@code idleMinutes}. */
  static ObjectNode of(ShareRule rule) {
    ObjectNode share = Json.object();
    put(share, rule);
    return share;
  }

  /** Puts {@code ratio}, {@code seedMinutes} and {@code idleMinutes} into {@code share}. */
  static void put(ObjectNode share, ShareRule rule) {
    put(share, "ratio", rule.ratioPermille(), PERMILLE);
    put(share, "seedMinutes", rule.seedingNanos(), NANOS_OF_MINUTE);
    put(share, "idleMinutes", rule.idleNanos(), NANOS_OF_MINUTE);
  }

  private static void put(ObjectNode share, String name, Bound bound, double unit) {
    switch (bound) {
      case Bound.Inherit inherit -> share.put(name, "inherit");
      case Bound.Never never -> share.put(name, "never");
      case Bound.At(long limit) -> share.put(name, limit / unit);
    }
  }
}
