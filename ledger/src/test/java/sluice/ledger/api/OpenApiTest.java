package sluice.ledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.store.Database;
import sluice.market.sign.PayKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says of each route what it is, and of no other. */
class OpenApiTest {
  @TempDir Path folder;

  @Test
  void theDocumentHasTheRoutesAndTheirBodies() {
    PayKey key = PayKey.of(ByteBuffer.allocate(32).putInt(28, 1).array()).orElseThrow();
    JsonNode document = JsonMapper.shared().readTree(PublicCalls.document());
    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("ledger.db"))) {
      Hub hub = new Hub(database, HubConfig.of(1, key, Set.of("a")), () -> 1);
      Set<String> routes = new TreeSet<>();
      for (Route route : new Api(hub, () -> 1_000).routes()) {
        String method = route.method().toLowerCase(Locale.ROOT);
        JsonNode operation = document.path("paths").path(route.template()).path(method);
        assertThat(operation.isMissingNode()).as(route.name()).isFalse();
        check(route, operation);
        routes.add(method + " " + route.template());
      }
      assertThat(operations(document)).isEqualTo(routes);
    }
  }

  private static void check(Route route, JsonNode operation) {
    JsonNode schema =
        operation.path("requestBody").path("content").path("application/json").path("schema");
    assertThat(new TreeSet<>(schema.path("properties").propertyNames()))
        .as(route.name())
        .isEqualTo(new TreeSet<>(route.members()));
    boolean signed = !operation.path("security").isEmpty();
    assertThat(signed).as(route.name()).isEqualTo(!(route.handler() instanceof Handler.Open));
    List<String> parts = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString("").equals("path")) {
        parts.add("{" + parameter.path("name").asString() + "}");
      }
    }
    for (String part : parts) {
      assertThat(route.template()).contains(part);
    }
    assertThat(route.template().chars().filter(c -> c == '{').count()).isEqualTo(parts.size());
  }

  private static Set<String> operations(JsonNode document) {
    Set<String> operations = new TreeSet<>();
    for (String path : document.path("paths").propertyNames()) {
      for (String method : document.path("paths").path(path).propertyNames()) {
        operations.add(method + " " + path);
      }
    }
    return operations;
  }

  @Test
  void allReferencesLeadSomewhere() {
    JsonNode document = JsonMapper.shared().readTree(PublicCalls.document());
    List<JsonNode> references = document.findValues("$ref");
    assertThat(references).hasSizeGreaterThan(20);
    for (JsonNode reference : references) {
      assertThat(document.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
  }
}
