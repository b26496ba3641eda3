package sluice.state.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a fault point is due. */
final class FaultPointTest {
  @Test
  void isDueAtTheNthPassingOfItsLabel() {
    FaultPoint point = FaultPoint.parse("a:b:3");
    assertThat(point).isNotNull();
    assertThat(point.isDue("a:b")).isFalse();
    assertThat(point.isDue("a")).isFalse();
    assertThat(point.isDue("a:b")).isFalse();
    assertThat(point.isDue("a:b")).isTrue();
    assertThat(point.isDue("a:b")).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "a", "a:", ":1", "a:0", "a:-1", "a:1x", "a:1234567890"})
  void otherTextArmsNothing(String text) {
    assertThat(FaultPoint.parse(text)).isNull();
  }
}
