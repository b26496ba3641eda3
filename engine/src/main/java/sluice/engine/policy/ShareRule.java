package sluice.engine.policy;

import java.util.List;
import java.util.Optional;

/**
 * When a torrent has shared enough, as one level of torrent ▸ class ▸ session says it. Whichever
 * bound is reached first counts.
 *
 * @param ratioPermille uploaded bytes for each thousand downloaded
 * @param seedingNanos time of seeding
 * @param idleNanos time without an upload
 * @param action what happens then; empty leaves it to the next level
 */
public record ShareRule(
    Bound ratioPermille, Bound seedingNanos, Bound idleNanos, Optional<ShareAction> action) {
  private static final long PERMILLE = 1000;

  /** Leaves everything to the next level. */
  public static final ShareRule INHERIT =
      new ShareRule(Bound.inherit(), Bound.inherit(), Bound.inherit(), Optional.empty());

  /** What {@code levels}, the innermost first, say together. Where none does there is no limit. */
  public static ShareRule of(List<ShareRule> levels) {
    ShareRule rule = INHERIT;
    for (ShareRule level : levels) {
      rule = rule.or(level);
    }
    return rule;
  }

  /** This rule, with {@code next} where it says nothing. */
  public ShareRule or(ShareRule next) {
    return new ShareRule(
        ratioPermille.or(next.ratioPermille),
        seedingNanos.or(next.seedingNanos),
        idleNanos.or(next.idleNanos),
        action.or(() -> next.action));
  }

  /** Whether there is a bound that can be reached. */
  public boolean isLimited() {
    return ratioPermille instanceof Bound.At
        || seedingNanos instanceof Bound.At
        || idleNanos instanceof Bound.At;
  }

  /** What is to be done with a seeding torrent: empty while no bound is reached. */
  public Optional<ShareAction> decide(ShareState state) {
    boolean enough =
        isRatioReached(state)
            || isReached(seedingNanos, state.seedingNanos())
            || isReached(idleNanos, state.idleNanos());
    return enough ? Optional.of(action.orElse(ShareAction.STOP)) : Optional.empty();
  }

  private boolean isRatioReached(ShareState state) {
    return ratioPermille instanceof Bound.At(long permille)
        && isProductAtLeast(state.uploadedBytes(), PERMILLE, state.ratioBaseBytes(), permille);
  }

  /** Whether {@code a × b ≥ c × d}, all of them not negative, in 128 bits. */
  private static boolean isProductAtLeast(long a, long b, long c, long d) {
    long left = Math.multiplyHigh(a, b);
    long right = Math.multiplyHigh(c, d);
    return left != right ? left > right : Long.compareUnsigned(a * b, c * d) >= 0;
  }

  private static boolean isReached(Bound bound, long value) {
    return bound instanceof Bound.At(long limit) && value >= limit;
  }
}
