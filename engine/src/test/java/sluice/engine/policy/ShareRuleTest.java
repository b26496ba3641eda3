package sluice.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShareRuleTest {
  private static final ShareRule RATIO_TWO =
      new ShareRule(
          Bound.at(2_000), Bound.inherit(), Bound.inherit(), Optional.of(ShareAction.REMOVE));

  private static ShareState state(long up, long down, long have, long seeding, long idle) {
    return new ShareState(up, down, have, seeding, idle);
  }

  @Test
  void whicheverBoundIsReachedFirstCounts() {
    ShareRule rule = new ShareRule(Bound.at(1_500), Bound.at(100), Bound.at(10), Optional.empty());
    assertThat(rule.decide(state(1_499, 1_000, 1_000, 99, 9))).isEmpty();
    assertThat(rule.decide(state(1_500, 1_000, 1_000, 0, 0))).hasValue(ShareAction.STOP);
    assertThat(rule.decide(state(0, 1_000, 1_000, 100, 0))).hasValue(ShareAction.STOP);
    assertThat(rule.decide(state(0, 1_000, 1_000, 0, 10))).hasValue(ShareAction.STOP);
  }

  @Test
  void theRatioIsOfWhatWasDownloadedOrThereBefore() {
    assertThat(RATIO_TWO.decide(state(1_999, 0, 1_000, 0, 0))).isEmpty();
    assertThat(RATIO_TWO.decide(state(2_000, 0, 1_000, 0, 0))).hasValue(ShareAction.REMOVE);
    assertThat(RATIO_TWO.decide(state(2_000, 1_001, 1_000, 0, 0))).isEmpty();
    ShareRule none = new ShareRule(Bound.at(0), Bound.never(), Bound.never(), Optional.empty());
    assertThat(none.decide(state(0, 5, 5, 0, 0))).hasValue(ShareAction.STOP);
    long most = Long.MAX_VALUE;
    ShareRule huge = new ShareRule(Bound.at(most), Bound.never(), Bound.never(), Optional.empty());
    assertThat(huge.decide(state(most, most, most, most, most))).isEmpty();
    assertThat(RATIO_TWO.decide(state(most, most / 2, 0, 0, 0))).isPresent();
  }

  @Test
  void levelsInheritBoundByBound() {
    ShareRule torrent =
        new ShareRule(Bound.never(), Bound.inherit(), Bound.at(7), Optional.empty());
    ShareRule category =
        new ShareRule(
            Bound.at(1), Bound.at(50), Bound.inherit(), Optional.of(ShareAction.SUPER_SEED));
    ShareRule session =
        new ShareRule(Bound.at(2), Bound.at(3), Bound.at(4), Optional.of(ShareAction.REMOVE));
    assertThat(ShareRule.of(List.of(torrent, category, session)))
        .isEqualTo(
            new ShareRule(
                Bound.never(), Bound.at(50), Bound.at(7), Optional.of(ShareAction.SUPER_SEED)));
    assertThat(ShareRule.of(List.of()).decide(state(1L << 60, 1, 1, 1L << 60, 1L << 60))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Bound.at(-1));
  }
}
