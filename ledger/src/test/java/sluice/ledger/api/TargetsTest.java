package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayKey;
import sluice.market.sign.SignedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each operation of the OpenAPI document has a fuzz target: its path, its query and its headers
 * with bytes by chance here, and its body, if it has one, in the corpus that {@link BodiesTest}
 * goes through and changes.
 */
class TargetsTest {
  private static final String ASSET = "test:coins";
  private static final long NOW = 1_000_000_000L;
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 200);
  private static final int LEAST_ROWS = 15;
  private static final long SEED = 20_261_127;
  private static final JsonNode DOCUMENT = JsonMapper.shared().readTree(PublicCalls.document());

  @TempDir Path folder;
  private final PayKey ann = key(1);
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int requests;

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  /** Method and path of each operation, with what the document says of it. */
  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    JsonNode paths = DOCUMENT.path("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.path(path).propertyNames()) {
        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, paths.path(path).path(method));
      }
    }
    return operations;
  }

  private static List<JsonNode> parameters(JsonNode operation, String place) {
    return operation.path("parameters").valueStream().filter(p -> in(p).equals(place)).toList();
  }

  private static String in(JsonNode parameter) {
    JsonNode reference = parameter.path("$ref");
    JsonNode meant =
        reference.isMissingNode() ? parameter : DOCUMENT.at(reference.asString().substring(1));
    return meant.path("in").asString("");
  }

  @Test
  void eachBodyOfTheDocumentIsInTheCorpus() {
    Map<String, List<ApiRow>> corpus =
        ApiRow.all().stream().collect(Collectors.groupingBy(TargetsTest::operation));
    int bodies = 0;
    for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
      if (!operation.getValue().has("requestBody")) {
        continue;
      }
      bodies++;
      List<ApiRow> rows = corpus.getOrDefault(operation.getKey(), List.of());
      assertThat(rows).as(operation.getKey()).hasSizeGreaterThan(LEAST_ROWS);
      assertThat(rows)
          .as(operation.getKey())
          .anyMatch(row -> row.why().equals("as it is specified") && row.status() != 400);
      JsonNode schema =
          operation
              .getValue()
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("schema");
      for (String member : schema.path("properties").propertyNames()) {
        String quoted = "\"" + member + "\"";
        assertThat(rows)
            .as("%s without %s", operation.getKey(), member)
            .anyMatch(row -> row.status() == 400 && !row.text().contains(quoted));
        assertThat(rows)
            .as("%s with a wrong %s", operation.getKey(), member)
            .anyMatch(row -> row.status() != 200 && row.text().contains(quoted));
      }
    }
    assertThat(bodies).isEqualTo(operations().keySet().stream().filter(TargetsTest::posts).count());
  }

  /** A row may name any channel. */
  private static String operation(ApiRow row) {
    return row.method() + " " + row.target().replace("{other}", "{channel}");
  }

  private static boolean posts(String operation) {
    return operation.startsWith("POST ");
  }

  @Test
  void eachTargetOfTheDocumentWithBytesByChanceIsAnswered() {
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("ledger.db"))) {
      HubConfig config =
          HubConfig.of(1, key(99), Set.of(ASSET)).paying(new PayoutRules(true, 10, 1, false));
      Hub hub = new Hub(database, config, () -> NOW / 1_000);
      ApiSettings settings = new ApiSettings(1_000, 1_000_000, 1_000_000, true);
      Api api = new Api(hub, new ProofBook(hub), () -> NOW, settings);
      String channel = prepared(hub);
      Set<String> fuzzed = new TreeSet<>();
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
        String[] named = operation.getKey().split(" ", 2);
        String right = named[1].replace("{channel}", channel).replace("{withdrawal}", channel);
        if (!parameters(operation.getValue(), "query").isEmpty()) {
          right += "?asset=" + ASSET;
        }
        for (int i = 0; i < ROUNDS; i++) {
          String target = i == 0 ? right : changed(right);
          ApiResponse response = api.answer(request(hub, named[0], target, i % 5 == 4));
          statuses.merge(response.status(), 1, Integer::sum);
          assertThat(response.status())
              .as("seed %d, run %d, %s %s", SEED, i, named[0], target)
              .isIn(200, 400, 401, 403, 404, 405, 409, 422);
        }
        fuzzed.add(operation.getKey());
      }
      Set<String> routes = new TreeSet<>();
      api.routes().forEach(route -> routes.add(route.name()));
      assertThat(fuzzed).isEqualTo(routes);
      assertThat(statuses).containsKeys(200, 400, 401, 404);
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private String prepared(Hub hub) {
    hub.transact(desk -> {
      desk.register(ann.address());
      desk.register(key(2).address());
      desk.payUnder(key(2).address(), key(4).address());
      desk.deposit(ann.address(), ASSET, 1_000, "tx");
      return desk.open(ann.address(), key(3).address(), key(4).address(), ASSET, 100, 3_600);
    });
    new ProofBook(hub).publish(ASSET);
    return hub.transact(desk -> desk.channelOf(key(3).address())).hex();
  }

  private String changed(String right) {
    StringBuilder text = new StringBuilder(right);
    for (int change = random.nextInt(3); change >= 0 && text.length() > 1; change--) {
      int at = 1 + random.nextInt(text.length() - 1);
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(1, 256));
        case 1 ->
            text.insert(
                at,
                List.of("%", "%zz", "%00", "&", "=", "?", "/", "//", "..", "+", "#")
                    .get(random.nextInt(11)));
        case 2 -> text.setLength(at);
        case 3 -> text.append("&before=").append(random.nextLong());
        default -> text.append(text.substring(at));
      }
    }
    return text.toString();
  }

  /** A signed request; with {@code spoilt} headers one of them is no more what it was. */
  private ApiRequest request(Hub hub, String method, String target, boolean spoilt) {
    byte[] body = (method.equals("POST") ? "{}" : "").getBytes(UTF_8);
    String nonce = String.format("%032x", requests++);
    SignedRequest request = new SignedRequest(method, target, Keccak.of(body), NOW, nonce);
    Map<String, String> headers = new HashMap<>();
    headers.put("bwpay-account", ann.address().hex());
    headers.put("bwpay-time", Long.toString(NOW));
    headers.put("bwpay-nonce", nonce);
    headers.put("bwpay-signature", ann.sign(request.digest(hub.domain())).toString());
    headers.put("idempotency-key", Integer.toString(requests));
    if (spoilt) {
      List<String> names = headers.keySet().stream().sorted().toList();
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(3)) {
        case 0 -> headers.remove(name);
        case 1 -> headers.put(name, "");
        default -> headers.put(name, changed("x" + headers.get(name)));
      }
    }
    return new ApiRequest(method, target, headers, body, InetAddress.getLoopbackAddress());
  }
}
