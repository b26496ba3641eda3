package sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1023948, 999.9 KiB",
    "1023949, 1.0 MiB",
    "1048576, 1.0 MiB",
    "3221225472, 3.0 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void bytes(long bytes, String text) {
    assertThat(Format.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59, 59s", "60, 1m 00s", "125, 2m 05s", "3600, 1h 00m", "90061, 1d 1h"})
  void times(long seconds, String text) {
    assertThat(Format.time(seconds)).isEqualTo(text);
  }

  @Test
  void onlyAllIsHundredPerCent() {
    assertThat(Format.percent(999_999, 1_000_000)).isEqualTo(99);
    assertThat(Format.percent(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(100);
    assertThat(Format.percent(0, 0)).isEqualTo(100);
    assertThat(Format.percent(0, 5)).isZero();
  }
}
