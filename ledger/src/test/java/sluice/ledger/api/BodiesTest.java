package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayKey;
import sluice.market.sign.SignedRequest;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;
import sluice.testkit.MetricNames;

/** Every body of the API, with every amount that can be written, and with bytes by chance. */
class BodiesTest {
  private static final String ASSET = "test:coins";
  private static final long NOW = 1_000_000_000L;

  /** Rows of the corpus that read a history, each from elsewhere. */
  private static final int HISTORIES = 9;

  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 200);

  /** What is written where an amount belongs, as JSON. None of these is one. */
  private static final List<String> NO_AMOUNTS =
      List.of(
          "\"-1\"",
          "\"-9223372036854775808\"",
          "\"9223372036854775808\"",
          "\"9223372036854775809\"",
          "\"18446744073709551615\"",
          "\"18446744073709551616\"",
          "\"99999999999999999999999999999999\"",
          "\"00\"",
          "\"01\"",
          "\"+1\"",
          "\" 1\"",
          "\"1 \"",
          "\"1.5\"",
          "\"1e3\"",
          "\"0x1\"",
          "\"\"",
          "\"\u0663\"",
          "\"NaN\"",
          "1",
          "-1",
          "1.5",
          "9223372036854775808",
          "null",
          "true",
          "[]",
          "{}");

  @TempDir Path folder;

  private final PayKey ann = key(1);
  private final PayKey payerKey = key(3);
  private Database database;
  private Hub hub;
  private Api api;
  private int requests;
  private String channel = "";

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  @BeforeEach
  void start() {
    database = Database.open("jdbc:sqlite:" + folder.resolve("ledger.db"));
    HubConfig config =
        HubConfig.of(1, key(99), Set.of(ASSET)).paying(new PayoutRules(true, 10, 1, false));
    hub = new Hub(database, config, () -> NOW / 1_000);
    ApiSettings settings = new ApiSettings(1_000, 1_000_000, 1_000_000, false);
    api = new Api(hub, new ProofBook(hub), () -> NOW, settings);
    hub.transact(desk -> {
      desk.register(ann.address());
      desk.register(key(2).address());
      desk.payUnder(key(2).address(), key(4).address());
      desk.deposit(ann.address(), ASSET, 1_000, "tx");
      return desk.open(ann.address(), payerKey.address(), key(4).address(), ASSET, 100, 3_600);
    });
    channel = hub.transact(desk -> desk.channelOf(payerKey.address())).hex();
  }

  @AfterEach
  void stop() {
    assertThat(Audit.of(database).findings()).isEmpty();
    database.close();
  }

  private ApiResponse post(String target, byte[] body) {
    return ask("POST", target, body);
  }

  private ApiResponse ask(String method, String target, byte[] body) {
    String nonce = String.format("%032x", requests++);
    SignedRequest request = new SignedRequest(method, target, Keccak.of(body), NOW, nonce);
    Map<String, String> headers = new HashMap<>();
    headers.put("bwpay-account", ann.address().hex());
    headers.put("bwpay-time", Long.toString(NOW));
    headers.put("bwpay-nonce", nonce);
    headers.put("bwpay-signature", ann.sign(request.digest(hub.domain())).toString());
    headers.put("idempotency-key", Integer.toString(requests));
    return api.answer(
        new ApiRequest(method, target, headers, body, InetAddress.getLoopbackAddress()));
  }

  /** What rows of the corpus cannot know: an address and an alias of its own for each request. */
  private Map<String, String> known() {
    return Map.of(
        "alias", key(500 + requests).address().hex(),
        "payerKey", key(9_000 + requests).address().hex(),
        "payee", key(4).address().hex(),
        "to", ann.address().hex(),
        "signature", signature("20"),
        "channel", channel,
        "other", "ab".repeat(32));
  }

  @Test
  void everyRowOfTheCorpusGetsItsVerdict() {
    Set<String> ids = new HashSet<>();
    Set<String> routes = new TreeSet<>();
    for (ApiRow unfilled : ApiRow.all()) {
      ApiRow row = unfilled.with(known());
      assertThat(ids.add(row.id())).as("its own name: " + row.id()).isTrue();
      ApiResponse response = ask(row.method(), row.target(), row.body());
      String what = row.id() + ": " + row.why() + ", " + row.text() + ": " + response;
      assertThat(response.status()).as(what).isEqualTo(row.status());
      assertThat(response.body()).as(what).contains(row.word());
      routes.add(unfilled.target());
    }
    assertThat(routes).hasSize(changes().size() + HISTORIES);
    assertThat(ids).hasSizeGreaterThan(450);
  }

  /** A right body for a route; {@code amount} as JSON stands for the amount {@code of}. */
  private String body(Route route, String of, String amount) {
    List<String> members = new ArrayList<>();
    for (String name : route.members()) {
      String value =
          switch (name) {
            case "amount", "deposit", "ttl", "more", "cumulative" ->
                name.equals(of) ? amount : "\"20\"";
            case "asset" -> "\"" + ASSET + "\"";
            case "alias" -> "\"" + key(500 + requests).address().hex() + "\"";
            case "payerKey" -> "\"" + key(9_000 + requests).address().hex() + "\"";
            case "payee" -> "\"" + key(4).address().hex() + "\"";
            case "to" -> "\"" + ann.address().hex() + "\"";
            case "signature" ->
                "\"" + signature(of.equals("cumulative") ? amount : "\"20\"") + "\"";
            default -> throw new IllegalStateException("a member without a value: " + name);
          };
      members.add("\"" + name + "\":" + value);
    }
    return "{" + String.join(",", members) + "}";
  }

  private String signature(String amount) {
    String digits = amount.replace("\"", "");
    long micros = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    Hash digest = new Voucher(Hash.ofHex(channel), micros).digest(hub.domain());
    return payerKey.sign(digest).toString();
  }

  private String target(Route route) {
    return route.template().replace("{channel}", channel);
  }

  private List<Route> changes() {
    List<Route> changes = new ArrayList<>();
    for (Route route : api.routes()) {
      if (route.handler() instanceof Handler.Once) {
        changes.add(route);
      }
    }
    return changes;
  }

  private static List<String> amounts(Route route) {
    Set<String> amounts = Set.of("amount", "deposit", "ttl", "more", "cumulative");
    return route.members().stream().filter(amounts::contains).sorted().toList();
  }

  @Test
  void whatIsNoAmountIsRefusedEverywhere() {
    Balance before = hub.balance(ann.address(), ASSET);
    List<String> asked = new ArrayList<>();
    for (Route route : changes()) {
      for (String member : amounts(route)) {
        asked.add(route.template() + " " + member);
        for (String amount : NO_AMOUNTS) {
          ApiResponse response = post(target(route), body(route, member, amount).getBytes(UTF_8));
          assertThat(response.status()).as("%s %s %s", route.name(), member, amount).isEqualTo(400);
          assertThat(response.body()).contains("BAD_REQUEST");
        }
      }
    }
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "/v1/faucet amount",
            "/v1/withdrawals amount",
            "/v1/channels deposit",
            "/v1/channels ttl",
            "/v1/channels/{channel}/topup more",
            "/v1/channels/{channel}/redeem cumulative");
    assertThat(hub.balance(ann.address(), ASSET)).isEqualTo(before);
  }

  @Test
  void amountsAtTheEdgesAreAnsweredAsSpecified() {
    record Row(String route, String member, long amount, int status, String code) {}
    long most = Long.MAX_VALUE;
    String channels = "/v1/channels";
    String topup = "/v1/channels/{channel}/topup";
    String redeem = "/v1/channels/{channel}/redeem";
    List<Row> rows =
        List.of(
            new Row("/v1/faucet", "amount", 0, 422, "BAD_AMOUNT"),
            new Row("/v1/faucet", "amount", 1, 200, "available"),
            new Row("/v1/faucet", "amount", 1_000, 200, "available"),
            new Row("/v1/faucet", "amount", 1_001, 422, "BAD_AMOUNT"),
            new Row("/v1/faucet", "amount", most, 422, "BAD_AMOUNT"),
            new Row("/v1/withdrawals", "amount", 0, 422, "BAD_AMOUNT"),
            new Row("/v1/withdrawals", "amount", 9, 422, "BAD_AMOUNT"),
            new Row("/v1/withdrawals", "amount", 10, 200, "REQUESTED"),
            new Row("/v1/withdrawals", "amount", most, 422, "INSUFFICIENT_FUNDS"),
            new Row(channels, "ttl", 0, 422, "BAD_LIFETIME"),
            new Row(channels, "ttl", 1, 200, "certificate"),
            new Row(channels, "ttl", 2_592_000, 200, "certificate"),
            new Row(channels, "ttl", 2_592_001, 422, "BAD_LIFETIME"),
            new Row(channels, "ttl", most, 422, "BAD_LIFETIME"),
            new Row(channels, "deposit", 0, 422, "BAD_AMOUNT"),
            new Row(channels, "deposit", 1, 200, "certificate"),
            new Row(channels, "deposit", 1_000_000, 422, "INSUFFICIENT_FUNDS"),
            new Row(channels, "deposit", most, 422, "INSUFFICIENT_FUNDS"),
            new Row(topup, "more", 0, 422, "BAD_AMOUNT"),
            new Row(topup, "more", 1, 200, "certificate"),
            new Row(topup, "more", most, 422, "INSUFFICIENT_FUNDS"),
            new Row(redeem, "cumulative", 0, 200, "\"paid\":\"0\""),
            new Row(redeem, "cumulative", 1, 200, "\"paid\":\"1\""),
            new Row(redeem, "cumulative", 101, 200, "\"paid\":\"101\""),
            new Row(redeem, "cumulative", 1, 200, "\"paid\":\"101\""),
            new Row(redeem, "cumulative", 102, 422, "EXCEEDS_DEPOSIT"),
            new Row(redeem, "cumulative", most, 422, "EXCEEDS_DEPOSIT"));
    for (Row row : rows) {
      Route route =
          changes().stream().filter(r -> r.template().equals(row.route())).findFirst().get();
      byte[] body = body(route, row.member(), "\"" + row.amount() + "\"").getBytes(UTF_8);
      ApiResponse response = post(target(route), body);
      assertThat(response.status()).as("%s %s", row, response).isEqualTo(row.status());
      assertThat(response.body()).as(row.toString()).contains(row.code());
    }
  }

  /** Right bodies with some bytes changed, cut, doubled: answered, never a failure. */
  @Test
  void bytesByChanceAreAnswered() {
    long seed = 20_261_126;
    SplittableRandom random = new SplittableRandom(seed);
    List<Route> changes = changes();
    List<ApiRow> rows = ApiRow.all();
    Hash closing = opened(key(5));
    int refused = 0;
    int closed = 0;
    for (int i = 0; i < ROUNDS * changes.size(); i++) {
      Route route = changes.get(i % changes.size());
      List<String> members = amounts(route);
      String member = members.isEmpty() ? "" : members.get(random.nextInt(members.size()));
      String right =
          i % 3 == 0
              ? rows.get(random.nextInt(rows.size())).with(known()).text()
              : body(route, member, "\"" + random.nextInt(40) + "\"");
      byte[] body = mutated(right, random);
      boolean ends = route.template().endsWith("/close");
      String target = ends ? target(route).replace(channel, closing.hex()) : target(route);
      ApiResponse response = post(target, body);
      assertThat(response.status())
          .as("seed %d, %s %s", seed, route.name(), HexFormat.of().formatHex(body))
          .isIn(200, 400, 403, 404, 409, 413, 422);
      if (ends) {
        closed += response.status() == 200 ? 1 : 0;
        assertThat(hub.channel(closing).orElseThrow().state())
            .as("seed %d, %s", seed, HexFormat.of().formatHex(body))
            .isEqualTo(closed > 0 ? Channel.State.CLOSING : Channel.State.OPEN);
      }
      refused += response.status() == 400 ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(ROUNDS);
    assertThat(closed).isBetween(1, ROUNDS - 1);
  }

  /** One more channel, for nothing but its end. */
  private Hash opened(PayKey signer) {
    hub.transact(
        desk -> desk.open(ann.address(), signer.address(), key(4).address(), ASSET, 7, 3_600));
    return hub.transact(desk -> desk.channelOf(signer.address()));
  }

  private static byte[] mutated(String right, SplittableRandom random) {
    byte[] body = right.getBytes(UTF_8);
    for (int change = random.nextInt(3); change >= 0 && body.length > 0; change--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(4)) {
        case 0 -> body[at] = (byte) random.nextInt(256);
        case 1 -> body[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> body = Arrays.copyOf(body, at);
        default -> {
          byte[] twice = Arrays.copyOf(body, body.length + at);
          System.arraycopy(body, 0, twice, body.length, at);
          body = twice;
        }
      }
    }
    return body;
  }

  @Test
  void limitsHealthAndMetrics() throws Exception {
    Api strict = new Api(hub, new ProofBook(hub), () -> NOW, new ApiSettings(0, 1, 1, false));
    InetAddress local = InetAddress.getLoopbackAddress();
    InetAddress other = address(192, 0, 2, 7);
    ApiRequest health = new ApiRequest("GET", "/health", Map.of(), new byte[0], other);
    int served = 0;
    while (strict.answer(health).status() == 200) {
      served++;
      assertThat(served).isLessThan(1_000);
    }
    assertThat(strict.answer(health).status()).isEqualTo(429);
    assertThat(served).isBetween(10, 100);
    ApiRequest metrics = new ApiRequest("GET", "/metrics", Map.of(), new byte[0], local);
    String scrape = strict.answer(metrics).body();
    assertThat(scrape)
        .contains(
            "sluice_ledger_requests_total{route=\"GET /health\",status=\"200\"} " + served,
            "sluice_ledger_refusals_total{code=\"TOO_MANY\"}",
            "sluice_ledger_request_seconds_bucket{route=\"GET /health\",le=\"+Inf\"} " + served,
            "sluice_ledger_entries 2");
    Set<String> told = MetricNames.told(scrape);
    for (String file : List.of("rewards.json", "alerts.yml")) {
      Set<String> asked = MetricNames.asked(Path.of("..", "packaging", "grafana", file));
      asked.removeIf(name -> !name.startsWith("sluice_ledger_"));
      assertThat(told).as(file).containsAll(asked);
    }
    ApiRequest foreign =
        new ApiRequest("GET", "/metrics", Map.of(), new byte[0], address(192, 0, 2, 8));
    assertThat(strict.answer(foreign).status()).isEqualTo(403);
  }

  private static InetAddress address(int... bytes) {
    try {
      byte[] raw = {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]};
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
