package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.wiring.Trading;
import sluice.transport.TransportConfig;

/** Nothing is traded unless it is asked for, and nothing is asked for by halves. */
class MarketOptionsTest {
  private static Trading trading(boolean buys, String... words) throws Exception {
    MarketOptions options = new MarketOptions();
    CommandSpec command = CommandSpec.create();
    if (buys) {
      options.addBuying(command);
    } else {
      options.addSelling(command);
    }
    new CommandLine(command).parseArgs(words);
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return options.trading(command, nowhere, TransportConfig.defaults());
  }

  @Test
  void itIsOffUnlessItIsAskedFor() throws Exception {
    assertThat(trading(true)).isSameAs(Trading.NONE);
    assertThat(trading(false)).isSameAs(Trading.NONE);
    assertThat(trading(true, "--market-in-private")).isSameAs(Trading.NONE);
    assertThat(trading(true, "--wallet", "none.json")).isSameAs(Trading.NONE);
  }

  @Test
  void halvesAreRefused() {
    String hub = "http://127.0.0.1:1";
    for (List<String> buying :
        List.of(
            List.of("--budget", "5"),
            List.of("--torrent-budget", "5"),
            List.of("--day-budget", "5"),
            List.of("--ledger", hub),
            List.of("--pay", "0.5"),
            List.of("--pay", "0.5", "--budget", "5"),
            List.of("--pay", "0.5", "--ledger", hub),
            List.of("--pay", "0", "--budget", "5", "--ledger", hub))) {
      refused(true, buying);
    }
    for (List<String> selling :
        List.of(
            List.of("--floor", "1"),
            List.of("--auction", "uniform"),
            List.of("--free-share", "50"),
            List.of("--sell"))) {
      refused(false, selling);
    }
  }

  @Test
  void whatIsNoAmountIsRefused() {
    for (String no : List.of("-1", "+1", "1e3", "0.0000001", "9223372036854.775808", "", "x")) {
      for (String option : List.of("--pay", "--budget", "--torrent-budget", "--day-budget")) {
        refused(true, List.of(option + "=" + no));
      }
      refused(false, List.of("--floor=" + no));
    }
    for (String no : List.of("24", "101", "-50", "50.5")) {
      refused(false, List.of("--sell", "--free-share=" + no));
    }
  }

  private static void refused(boolean buys, List<String> words) {
    assertThatThrownBy(() -> trading(buys, words.toArray(String[]::new)))
        .as("%s", words)
        .isInstanceOf(ParameterException.class);
  }
}
