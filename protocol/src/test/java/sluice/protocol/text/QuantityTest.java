package sluice.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "16384, 16384",
    "500K, 512000",
    "500k, 512000",
    "2M, 2097152",
    "1.5MiB, 1572864",
    "1.5 MiB, 1572864",
    "1MB, 1048576",
    "3G, 3221225472",
    "1TiB, 1099511627776",
    "10B, 10",
    "0.5, 1"
  })
  void sizes(String text, long bytes) {
    assertThat(Quantity.bytes(text)).isEqualTo(bytes);
    assertThat(Quantity.rate(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "M",
        "-1",
        "1..5M",
        "1,5M",
        "12X",
        "1KK",
        "1e9",
        "0x10",
        "99999999999999999999",
        "1M/s",
        "111111111111111111111111111111111111111",
        "\u0661"
      })
  void notSizes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.bytes(text))
        .withMessageMatching("(?s).*(write it like|too large).*");
  }

  @Test
  void aRateMaySayPerSecond() {
    assertThat(Quantity.rate("2MiB/s")).isEqualTo(2 << 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.rate("2MiB/h"))
        .withMessage("'2MiB/h' is no rate; write bytes per second like 500K, 2M or 1.5MiB");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "90, PT90S",
    "90s, PT90S",
    "10m, PT10M",
    "2h, PT2H",
    "1d, PT24H",
    "1.5h, PT90M",
    "250ms, PT0.25S"
  })
  void times(String text, Duration time) {
    assertThat(Quantity.time(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "10 m", "10w", "1:30", "99999999999999999999d"})
  void notTimes(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantity.time(text));
  }
}
