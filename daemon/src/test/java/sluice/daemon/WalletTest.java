package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.config.MarketSettings;
import sluice.daemon.trade.Trade;
import sluice.daemon.trade.TradeTerms;
import sluice.daemon.web.Json;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.Loop;
import tools.jackson.databind.JsonNode;

/** Prices and budgets by the API: what trades hears of them, and they outlive a restart. */
class WalletTest {
  private static final String WALLET = "/api/v1/wallet";
  private static final MarketSettings MARKET =
      new MarketSettings(
          URI.create("http://hub.example"), Optional.empty(), Optional.empty(), false);

  @TempDir Path temp;

  /** Trades nothing, and remembers on which terms. */
  private static final class Quiet implements Trade {
    final List<TradeTerms> heard = new ArrayList<>();

    @Override
    public List<PeerExtension> extensions(Loop loop) {
      return List.of();
    }

    @Override
    public void terms(TradeTerms terms) {
      heard.add(terms);
    }

    @Override
    public Sums sums() {
      return new Sums(7, 1, 2, 3);
    }

    @Override
    public List<Deal> deals() {
      return List.of();
    }

    @Override
    public void leave() {
      heard.add(TradeTerms.NONE);
    }

    @Override
    public void end() {
      heard.add(TradeTerms.NONE);
    }
  }

  private static HttpResponse<String> patch(TestDaemon daemon, String body) throws Exception {
    return daemon.json("PATCH", WALLET, Json.read(body.getBytes(StandardCharsets.UTF_8)));
  }

  private TestDaemon start(Quiet trade) throws Exception {
    return new TestDaemon(
        temp,
        MARKET,
        (settings, terms) -> {
          trade.terms(terms);
          return trade;
        });
  }

  @Test
  void budgetsOfAllOfATorrentAndOfADayAreSetAndKept() throws Exception {
    TradeTerms wanted = new TradeTerms(true, false, 500, 9_000, 800, 2_000, 0);
    Quiet quiet = new Quiet();
    try (TestDaemon daemon = start(quiet)) {
      assertThat(patch(daemon, "{\"buying\":true,\"price\":500,\"budget\":9000}").statusCode())
          .isEqualTo(200);
      assertThat(patch(daemon, "{\"torrentBudget\":800,\"dayBudget\":2000}").statusCode())
          .isEqualTo(200);
      assertThat(quiet.heard)
          .containsExactly(
              TradeTerms.NONE, new TradeTerms(true, false, 500, 9_000, 0, 0, 0), wanted);
      JsonNode shown = daemon.json(WALLET);
      assertThat(shown.path("torrentBudget").asLong()).isEqualTo(800);
      assertThat(shown.path("dayBudget").asLong()).isEqualTo(2_000);
      assertThat(shown.path("available").asLong()).isEqualTo(7);
      for (String wrong :
          List.of(
              "-1",
              "1.5",
              "\"1\"",
              "1000000000000000000",
              "9223372036854775807",
              "9223372036854775808",
              "18446744073709551616",
              "1e3",
              "true")) {
        for (String name : List.of("price", "budget", "torrentBudget", "dayBudget", "floor")) {
          HttpResponse<String> refused = patch(daemon, "{\"%s\":%s}".formatted(name, wrong));
          assertThat(refused.statusCode()).as("%s %s", name, wrong).isEqualTo(400);
        }
      }
      assertThat(quiet.heard).hasSize(3);
    }
    Quiet next = new Quiet();
    try (TestDaemon again = start(next)) {
      assertThat(next.heard).containsExactly(wanted);
      assertThat(patch(again, "{\"dayBudget\":999999999999999999}").statusCode()).isEqualTo(200);
      assertThat(next.heard.getLast().dayLimit()).isEqualTo(TradeTerms.MAX_MICROS);
      assertThat(next.heard.getLast().torrentLimit()).isEqualTo(800);
    }
  }

  @Test
  void numbersTellWholeUnits() throws Exception {
    try (TestDaemon daemon = start(new Quiet())) {
      assertThat(daemon.get("/metrics").body())
          .contains(
              "sluice_btt_balance{account=\"available\"} 7.0E-6",
              "sluice_btt_balance{account=\"locked\"} 1.0E-6",
              "sluice_btt_transferred_total{direction=\"earned\"} 2.0E-6",
              "sluice_btt_transferred_total{direction=\"spent\"} 3.0E-6");
    }
  }

  @Test
  void termsAreKeptOnALine() {
    TradeTerms terms = new TradeTerms(true, true, 1, 2, 3, 4, TradeTerms.MAX_MICROS);
    assertThat(TradeTerms.of(terms.text())).isEqualTo(terms);
    assertThat(TradeTerms.of("1 0 5 6 7")).isEqualTo(new TradeTerms(true, false, 5, 6, 0, 0, 7));
    assertThat(TradeTerms.of("1 0 5 6 7 8")).isEqualTo(TradeTerms.NONE);
    assertThat(TradeTerms.NONE.torrentLimit()).isEqualTo(Long.MAX_VALUE);
    assertThat(TradeTerms.NONE.dayLimit()).isEqualTo(Long.MAX_VALUE);
  }
}
