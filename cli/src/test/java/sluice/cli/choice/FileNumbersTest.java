package sluice.cli.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNumbersTest {
  @Test
  void numbersAndRangesNameFiles() {
    assertThat(FileNumbers.parse("1, 3-4,6-", 7)).containsExactly(1, 3, 4, 6, 7);
    assertThat(FileNumbers.parse("all", 3)).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "4", "2-1", "x", "1-4", "-1", "1,,2", "99999999"})
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> FileNumbers.parse(text, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }
}
