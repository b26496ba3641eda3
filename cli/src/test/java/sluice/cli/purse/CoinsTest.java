package sluice.cli.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000000",
    "0.000001, 1",
    "12.5, 12500000",
    "9223372036854.775807, 9223372036854775807"
  })
  void amounts(String text, long micros) {
    assertThat(Coins.micros(text)).isEqualTo(micros);
    assertThat(Coins.text(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1.",
        ".5",
        "1e3",
        " 1",
        "1,5",
        "0.0000001",
        "9223372036854.775808"
      })
  void whatIsNone(String text) {
    assertThatThrownBy(() -> Coins.micros(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesMayBeNegative() {
    assertThat(Coins.text(-1)).isEqualTo("-0.000001");
    assertThat(Coins.text(Long.MIN_VALUE)).isEqualTo("-9223372036854.775808");
  }
}
