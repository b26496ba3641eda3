package sluice.cli.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.purse.Coins;
import sluice.cli.text.Printable;
import tools.jackson.databind.JsonNode;

/** Asks a hub what changed the wallet's balance. */
final class WalletHistoryCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();

  WalletHistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("history", this));
    spec.usageMessage()
        .header("Show what changed the wallet's balance at a hub.")
        .description("The latest first, at most 100 lines: time, amount, kind, reference.", "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      String query = URLEncoder.encode(asset, StandardCharsets.UTF_8);
      for (JsonNode line : member.get("/v1/history?asset=" + query).path("history")) {
        console
            .out()
            .println(
                Instant.ofEpochSecond(line.path("time").asLong(0))
                    + " "
                    + amount(line.path("amount").asString(""))
                    + " "
                    + Printable.clean(line.path("kind").asString("?"))
                    + " "
                    + Printable.clean(line.path("reference").asString("?")));
      }
    });
  }

  private static String amount(String micros) throws IOException {
    if (!micros.matches("-?[0-9]{1,18}")) {
      throw new IOException("its answer has no amount");
    }
    return Coins.text(Long.parseLong(micros));
  }
}
