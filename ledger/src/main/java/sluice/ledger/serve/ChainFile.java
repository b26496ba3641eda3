package sluice.ledger.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.PayoutRules;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the table {@code [tron]} of a hub's settings; what is not known is an error. */
public final class ChainFile {
  private static final Set<String> KEYS =
      Set.of(
          "node",
          "solidity",
          "tls",
          "certificate-file",
          "api-key-file",
          "other-solidity",
          "genesis",
          "mainnet",
          "token",
          "precision",
          "label",
          "first-block",
          "min-withdrawal",
          "withdrawal-fee",
          "pay-anywhere",
          "max-withdrawal",
          "max-day",
          "max-hot",
          "min-payments",
          "poll-millis");

  private final Path folder;
  private final JsonNode node;
  private final Table table;

  private ChainFile(Path folder, JsonNode table) {
    this.folder = folder;
    node = table;
    this.table = new Table(table);
  }

  /**
   * The chain that a file of {@link LedgerFile} names; empty if it names none.
   *
   * @throws IllegalArgumentException if something in it makes no sense; its message says what
   */
  public static Optional<ChainSettings> read(Path file) throws IOException {
    try {
      JsonNode table = new TomlMapper().readTree(Files.readString(file)).path(LedgerFile.CHAIN);
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      return table.isMissingNode()
          ? Optional.empty()
          : Optional.of(new ChainFile(folder, table).settings());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is no TOML: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": [tron]: " + e.getMessage(), e);
    }
  }

  private ChainSettings settings() {
    Set<String> unknown = new TreeSet<>(node.propertyNames());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown: " + unknown + "; known are " + new TreeSet<>(KEYS));
    }
    List<String> others = new ArrayList<>();
    for (JsonNode other : node.path("other-solidity")) {
      others.add(other.asString(""));
    }
    return new ChainSettings(
        text("node"),
        text("solidity"),
        node.path("tls").asBoolean(false),
        table.text("certificate-file").map(folder::resolve),
        table.text("api-key-file").map(folder::resolve),
        others,
        table.text("genesis"),
        node.path("mainnet").asBoolean(false),
        text("token"),
        table.integer("precision", 6),
        text("label"),
        node.path("first-block").isMissingNode()
            ? Optional.empty()
            : Optional.of(table.number("first-block", 0)),
        new PayoutRules(
            true,
            table.number("min-withdrawal", 1),
            table.number("withdrawal-fee", 0),
            node.path("pay-anywhere").asBoolean(false)),
        new GatewayRules(
            table.number("max-withdrawal", Long.MAX_VALUE),
            table.number("max-day", Long.MAX_VALUE),
            table.number("max-hot", Long.MAX_VALUE),
            table.number("min-payments", GatewayRules.OPEN.minPayments())),
        table.integer("poll-millis", ChainSettings.POLL_MILLIS));
  }

  private String text(String key) {
    return table.text(key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
  }
}
