package sluice.ledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.market.sign.Domain;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** The hub's calls over HTTP, by members and by others. */
class HubServerTest {
  private static final String ASSET = "test:coins";
  private static final long NOW = 1_000_000_000L;

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private Database database;
  private Hub hub;
  private HubServer server;
  private Caller ann;
  private Caller bob;

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  @BeforeEach
  void start() throws Exception {
    database = Database.open("jdbc:sqlite:" + folder.resolve("ledger.db"));
    hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), () -> NOW / 1_000);
    server =
        new HubServer(
            new Api(hub, () -> NOW), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ann = new Caller(http, server.port(), hub.domain(), key(1));
    bob = new Caller(http, server.port(), hub.domain(), key(2));
    assertThat(ann.post("/v1/accounts", "{}", "1", NOW)).startsWith("200 ");
    assertThat(bob.post("/v1/accounts", "{}", "1", NOW)).startsWith("200 ");
    hub.transact(desk -> desk.deposit(key(1).address(), ASSET, 1_000, "tx"));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    assertThat(Audit.of(database).findings()).isEmpty();
    database.close();
  }

  private String open(String deposit, String idempotencyKey) throws Exception {
    bob.post("/v1/keys", "{\"alias\":\"" + key(4).address() + "\"}", "2", NOW);
    String body =
        "{\"payerKey\":\"%s\",\"payee\":\"%s\",\"asset\":\"%s\",\"deposit\":\"%s\",\"ttl\":\"3600\"}"
            .formatted(key(3).address(), key(4).address(), ASSET, deposit);
    return ann.post("/v1/channels", body, idempotencyKey, NOW);
  }

  @Test
  void aChannelFromOpeningToClosing() throws Exception {
    assertThat(ann.send("GET", "/v1/hub", "", Map.of()))
        .isEqualTo(
            "200 {\"hub\":\"%s\",\"address\":\"%s\",\"chain\":\"1\",\"assets\":[\"test:coins\"],\"faucet\":\"0\"}"
                .formatted(key(99).identity(), key(99).address()));
    String opened = open("600", "3");
    assertThat(opened).startsWith("200 {\"channel\":");
    assertThat(open("600", "3")).as("asked again").isEqualTo(opened);
    assertThat(open("700", "3")).startsWith("409 {\"code\":\"KEY_REUSED\"");
    String id = opened.substring(16, 80);
    Hash digest = new Voucher(Hash.ofHex(id), 250).digest(hub.domain());
    String path = "/v1/channels/" + id;
    String voucher = "{\"cumulative\":\"250\",\"signature\":\"%s\"}";
    assertThat(bob.post(path + "/redeem", voucher.formatted(key(1).sign(digest)), "4", NOW))
        .startsWith("422 {\"code\":\"BAD_SIGNATURE\"");
    assertThat(bob.post(path + "/redeem", voucher.formatted(key(3).sign(digest)), "5", NOW))
        .isEqualTo("200 {\"paid\":\"250\"}");
    assertThat(ann.post(path + "/topup", "{\"more\":\"1\"}", "6", NOW)).startsWith("200 ");
    assertThat(bob.post(path + "/topup", "{\"more\":\"1\"}", "6", NOW))
        .startsWith("403 {\"code\":\"NOT_YOURS\"");
    assertThat(bob.get("/v1/balance?asset=" + ASSET, NOW))
        .isEqualTo("200 {\"available\":\"250\",\"locked\":\"0\",\"withdrawing\":\"0\"}");
    assertThat(ann.get("/v1/balance?asset=" + ASSET, NOW))
        .isEqualTo("200 {\"available\":\"399\",\"locked\":\"351\",\"withdrawing\":\"0\"}");
    assertThat(bob.post(path + "/close", "{}", "7", NOW)).contains("\"state\":\"CLOSED\"");
    assertThat(ann.get(path, NOW)).contains("\"paid\":\"250\"", "\"refunded\":\"351\"");
    assertThat(ann.get("/v1/channels", NOW)).startsWith("200 {\"channels\":[{");
    Caller stranger = new Caller(http, server.port(), hub.domain(), key(7));
    assertThat(stranger.get(path, NOW)).startsWith("404 {\"code\":\"UNKNOWN_CHANNEL\"");
  }

  @Test
  void onlyWhatIsSignedForThisCallAndTimeIsTaken() throws Exception {
    String target = "/v1/balance?asset=" + ASSET;
    Map<String, String> signed = ann.signed("GET", target, "", NOW);
    assertThat(ann.send("GET", target, "", signed)).startsWith("200 ");
    assertThat(ann.send("GET", target, "", signed)).startsWith("401 ").contains("nonce");
    assertThat(ann.send("GET", "/v1/balance?asset=x", "", ann.signed("GET", target, "", NOW)))
        .startsWith("401 ");
    assertThat(ann.send("POST", "/v1/keys", "{}", ann.signed("POST", "/v1/keys", "[]", NOW)))
        .startsWith("401 ");
    assertThat(ann.get(target, NOW - 60_001)).startsWith("401 ").contains("clock");
    assertThat(ann.get(target, NOW + 60_001)).startsWith("401 ").contains("clock");
    for (String missing : signed.keySet()) {
      Map<String, String> headers = new HashMap<>(ann.signed("GET", target, "", NOW));
      headers.remove(missing);
      assertThat(ann.send("GET", target, "", headers)).startsWith("401 ").contains(missing);
    }
    Map<String, String> foreign = new HashMap<>(ann.signed("GET", target, "", NOW));
    foreign.put("Bwpay-Account", bob.hex());
    assertThat(ann.send("GET", target, "", foreign)).startsWith("401 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"more\":1}",
        "{\"more\":1.5}",
        "{\"more\":null}",
        "{\"more\":\"\"}",
        "{\"more\":\"-1\"}",
        "{\"more\":\"+1\"}",
        "{\"more\":\"01\"}",
        "{\"more\":\" 1\"}",
        "{\"more\":\"1e3\"}",
        "{\"more\":\"0x10\"}",
        "{\"more\":\"1.0\"}",
        "{\"more\":\"9223372036854775808\"}",
        "{\"more\":\"18446744073709551616\"}",
        "{\"more\":\"1\",\"more\":\"2\"}",
        "{\"more\":\"1\",\"x\":\"2\"}",
        "{\"more\":\"1\"}{}",
        "{\"more\":{\"more\":{\"more\":{\"more\":{\"more\":1}}}}}",
        "{\"More\":\"1\"}",
      })
  void aBodyThatIsNotAsItMustBeChangesNothing(String body) throws Exception {
    String id = open("600", "3").substring(16, 80);
    assertThat(ann.post("/v1/channels/" + id + "/topup", body, "9", NOW)).startsWith("400 ");
    assertThat(ann.get("/v1/balance?asset=" + ASSET, NOW)).contains("\"available\":\"400\"");
  }

  @Test
  void amountsAtTheEdges() throws Exception {
    String path = "/v1/channels/" + open("600", "3").substring(16, 80) + "/topup";
    assertThat(ann.post(path, "{\"more\":\"0\"}", "a1", NOW)).startsWith("422 ");
    assertThat(ann.post(path, "{\"more\":\"9223372036854775807\"}", "a2", NOW))
        .startsWith("422 {\"code\":\"INSUFFICIENT_FUNDS\"");
    assertThat(ann.post(path, "{\"more\":\"401\"}", "a3", NOW)).startsWith("422 ");
    assertThat(ann.post(path, "{\"more\":\"400\"}", "a4", NOW)).startsWith("200 ");
    assertThat(ann.post(path, "{\"more\":\"1\"}", "", NOW)).startsWith("400 ");
  }

  @Test
  void whatIsNotThereOrTooLarge() throws Exception {
    assertThat(ann.get("/v1/nothing", NOW)).startsWith("404 ");
    assertThat(ann.get("/v1/channels/00", NOW)).startsWith("404 ");
    assertThat(ann.get("/v1/balance", NOW)).startsWith("400 ");
    assertThat(ann.post("/v1/accounts", "{\"x\":\"" + "y".repeat(5_000) + "\"}", "b", NOW))
        .startsWith("413 ");
    String id = "00".repeat(32);
    assertThat(ann.post("/v1/channels/" + id + "/close", "{}", "c", NOW)).startsWith("404 ");
    assertThat(ann.get("/v1/channels/" + id + "/close", NOW)).startsWith("405 ");
  }

  /** The channel's key and the members are the same, and so is the amount; the hub is not. */
  @Test
  void aVoucherOfAnotherHubIsWorthNothing() throws Exception {
    String id = open("600", "3").substring(16, 80);
    Hash channel = Hash.ofHex(id);
    Domain other = Domain.of(1, key(98).identity());
    Domain otherChain = Domain.of(2, key(99).identity());
    assertThat(other.channelOf(key(3).address())).isNotEqualTo(channel);
    assertThat(hub.domain().channelOf(key(3).address())).isEqualTo(channel);
    for (Domain wrong : List.of(other, otherChain)) {
      String signature = key(3).sign(new Voucher(channel, 250).digest(wrong)).toString();
      assertThat(redeem(id, "250", signature, "4")).startsWith("422 {\"code\":\"BAD_SIGNATURE\"");
      String theirs = other.channelOf(key(3).address()).hex();
      assertThat(redeem(theirs, "250", signature, "5"))
          .startsWith("404 {\"code\":\"UNKNOWN_CHANNEL\"");
    }
    assertThat(bob.get("/v1/balance?asset=" + ASSET, NOW)).contains("\"available\":\"0\"");
  }

  private String redeem(String channel, String micros, String signature, String key)
      throws Exception {
    String body = "{\"cumulative\":\"%s\",\"signature\":\"%s\"}".formatted(micros, signature);
    return bob.post("/v1/channels/" + channel + "/redeem", body, key, NOW);
  }

  private String signed(String channel, long micros) {
    return key(3).sign(new Voucher(Hash.ofHex(channel), micros).digest(hub.domain())).toString();
  }

  @Test
  void afterTheEndNothingIsPaidAndWhatWasPaidStays() throws Exception {
    String id = open("600", "3").substring(16, 80);
    assertThat(redeem(id, "250", signed(id, 250), "4")).isEqualTo("200 {\"paid\":\"250\"}");
    assertThat(bob.post("/v1/channels/" + id + "/close", "{}", "5", NOW)).startsWith("200 ");
    assertThat(redeem(id, "600", signed(id, 600), "6")).startsWith("409 {\"code\":\"CLOSED\"");
    assertThat(redeem(id, "250", signed(id, 250), "7")).isEqualTo("200 {\"paid\":\"250\"}");
    assertThat(redeem(id, "600", signed(id, 250), "8")).startsWith("422 ");
    assertThat(bob.get("/v1/balance?asset=" + ASSET, NOW)).contains("\"available\":\"250\"");
    assertThat(ann.get("/v1/balance?asset=" + ASSET, NOW)).contains("\"available\":\"750\"");
    assertThat(open("600", "9")).as("its key again").startsWith("409 {\"code\":\"KEY_IN_USE\"");
  }

  /** Another body, another call, another channel; another member has keys of its own. */
  @Test
  void aKeyOfARequestIsForThatRequestOnly() throws Exception {
    String id = open("600", "a1").substring(16, 80);
    String reused = "409 {\"code\":\"KEY_REUSED\"";
    assertThat(ann.post("/v1/channels/" + id + "/close", "{}", "a1", NOW)).startsWith(reused);
    assertThat(ann.post("/v1/channels/" + id + "/topup", "{\"more\":\"1\"}", "a1", NOW))
        .startsWith(reused);
    assertThat(ann.post("/v1/channels/" + id + "/topup", "{\"more\":\"1\"}", "b1", NOW))
        .startsWith("200 ");
    assertThat(ann.post("/v1/channels/" + id + "/topup", "{\"more\":\"2\"}", "b1", NOW))
        .startsWith(reused);
    assertThat(ann.post("/v1/channels/" + id + "/topup", "{\"more\":\"1\"}", "b1", NOW))
        .startsWith("200 ");
    assertThat(bob.post("/v1/channels/" + id + "/close", "{}", "b1", NOW)).startsWith("200 ");
    assertThat(ann.get("/v1/balance?asset=" + ASSET, NOW))
        .isEqualTo("200 {\"available\":\"1000\",\"locked\":\"0\",\"withdrawing\":\"0\"}");
  }
}
