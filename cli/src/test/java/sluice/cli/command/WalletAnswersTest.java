package sluice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.ledger.wallet.Keystore;

/** A hub that answers nonsense: the commands of a wallet say so, and show none of it. */
class WalletAnswersTest {
  private static final String ID = "ab".repeat(32);
  private static final String ADDRESS = "cd".repeat(20);
  private static final String INFO =
      "{\"hub\":\"" + ID + "\",\"chain\":\"1\",\"assets\":[\"test:coins\"]}";
  private static final String CHAIN =
      "{\"genesis\":\"00\",\"height\":\"7\",\"time\":1000,\"wallet\":\""
          + ADDRESS
          + "\",\"waiting\":2,\"alarms\":[]}";
  private static final String WITHDRAWAL =
      "{\"id\":\""
          + ID
          + "\",\"asset\":\"test:coins\",\"amount\":\"1500000\",\"fee\":\"1\",\"to\":\""
          + ADDRESS
          + "\",\"state\":\"REQUESTED\",\"time\":1000,\"ahead\":\"4\"}";
  private static final String LINE =
      "{\"entry\":\"1\",\"time\":0,\"kind\":\"DEPOSIT\",\"reference\":\"tx\",\"account\":\"AVAILABLE\","
          + "\"amount\":\"-2500000\"}";

  @TempDir Path temp;
  private HttpServer hub;
  private Path wallet;
  private Path password;
  private String chain = CHAIN;
  private String withdrawal = WITHDRAWAL;
  private String line = LINE;

  @BeforeEach
  void start() throws Exception {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          byte[] body = answer(exchange.getRequestURI().getPath()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    hub.start();
    wallet = temp.resolve("wallet.json");
    password = Files.writeString(temp.resolve("password"), "of the test\n");
    Keystore.create(wallet, Keystore.newKey(), "of the test".toCharArray(), 1 << 14);
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  private String answer(String path) {
    return switch (path) {
      case "/v1/hub" -> INFO;
      case "/v1/chain" -> chain;
      case "/v1/withdrawals" -> "{\"withdrawals\":[" + withdrawal + "]}";
      case "/v1/history" -> "{\"history\":[" + line + "]}";
      default -> withdrawal;
    };
  }

  private CapturedConsole run(int code, String command) {
    CapturedConsole console = new CapturedConsole();
    String url = "http://127.0.0.1:" + hub.getAddress().getPort();
    int ended =
        console.run(
            "wallet", command, "--hub", url, "--wallet", wallet, "--password-file", password);
    assertThat(ended).as(console.err()).isEqualTo(code);
    return console;
  }

  private void refused(String command, String member) {
    CapturedConsole console = run(1, command);
    assertThat(console.err()).contains("no '" + member + "'").doesNotContain("Exception");
  }

  @Test
  void whatIsRightIsShown() {
    assertThat(run(0, "history").out()).isEqualTo("1970-01-01T00:00:00Z -2.5 DEPOSIT tx\n");
    assertThat(run(0, "chain").out())
        .contains("read to 7 1970-01-01T00:16:40Z", "waiting 2 withdrawals", "not known yet")
        .contains("withdrawal " + ID + " 1.5 REQUESTED, 4 before it, txid none yet");
  }

  @Test
  void whatIsNoAmountOrTimeIsNotShown() {
    for (String no : List.of("\"\"", "\"01\"", "\"9223372036854775808\"", "1500000", "null")) {
      withdrawal = WITHDRAWAL.replace("\"1500000\"", no);
      refused("chain", "amount");
      line = LINE.replace("\"-2500000\"", no);
      refused("history", "amount");
    }
    withdrawal = WITHDRAWAL.replace("\"1500000\"", "\"-1\"");
    refused("chain", "amount");
    withdrawal = WITHDRAWAL.replace("\"4\"", "\"-4\"");
    refused("chain", "ahead");
    for (String no : List.of("-1", "9223372036854775807", "\"1000\"", "1e99", "null")) {
      chain = CHAIN.replace("1000", no);
      refused("chain", "time");
      line = LINE.replace("\"time\":0", "\"time\":" + no);
      refused("history", "time");
    }
    chain = CHAIN.replace("\"7\"", "\"-7\"");
    refused("chain", "height");
    chain = CHAIN.replace(":2,", ":-2,");
    refused("chain", "waiting");
  }
}
