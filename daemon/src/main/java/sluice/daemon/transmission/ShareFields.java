package sluice.daemon.transmission;

import sluice.engine.policy.Bound;

/** Bounds as modes: 0 as the session says, 1 a limit of its own, 2 none. */
final class ShareFields {
  private ShareFields() {}

  static int mode(Bound bound) {
    return switch (bound) {
      case Bound.Inherit inherit -> 0;
      case Bound.At at -> 1;
      case Bound.Never never -> 2;
    };
  }

  static long limit(Bound bound) {
    return bound instanceof Bound.At(long value) ? value : 0;
  }
}
