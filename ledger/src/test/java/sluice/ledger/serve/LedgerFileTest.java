package sluice.ledger.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of a hub's settings. */
class LedgerFileTest {
  private static final String CHAIN =
      """
      [tron]
      node = "127.0.0.1:1"
      solidity = "127.0.0.1:2"
      token = "1000001"
      label = "BTT"
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("ledger.toml"), text);
  }

  @Test
  void whatIsLeftOutIsAsUsual() throws IOException {
    LedgerSettings read = LedgerFile.read(file("grace = 7\naddress-per-second = 9\n"));
    assertThat(read.graceSeconds()).isEqualTo(7);
    assertThat(read.api().addressPerSecond()).isEqualTo(9);
    assertThat(read.maxLifeSeconds()).isEqualTo(LedgerSettings.DEFAULT.maxLifeSeconds());
    assertThat(ChainFile.read(file("grace = 7\n"))).isEmpty();
    assertThat(ChainFile.read(file(CHAIN)).orElseThrow().label()).isEqualTo("BTT");
  }

  @ParameterizedTest
  @CsvSource({
    "database = 1, database is a text in quotes",
    "grace = -1, grace is a number that is not negative",
    "grace = 1.5, grace is a number that is not negative",
    "grace = 9223372036854775808, grace is a number that is not negative",
    "member-per-second = 4294967297, member-per-second is too large",
    "colour = 1, colour"
  })
  void whatMakesNoSenseIsNamed(String line, String problem) throws IOException {
    Path file = file(line + "\n");
    assertThatThrownBy(() -> LedgerFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "precision = 4294967302, precision is too large",
    "max-day = -5, max-day is a number that is not negative",
    "genesis = 5, genesis is a text in quotes",
    "colour = 1, colour"
  })
  void whatMakesNoSenseOfAChainIsNamed(String line, String problem) throws IOException {
    Path file = file(CHAIN + line + "\n");
    assertThatThrownBy(() -> ChainFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
