package sluice.ledger.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.ledger.api.ApiSettings;
import sluice.ledger.api.TlsFiles;
import sluice.ledger.book.Account;
import sluice.protocol.address.IpLiteral;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads a hub's settings from TOML; what is not known is an error. */
public final class LedgerFile {
  /** The table that {@link ChainFile} reads. */
  static final String CHAIN = "tron";

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_PORT = 65_535;
  private static final Set<String> KEYS =
      Set.of(
          "listen",
          "database",
          "chain",
          "assets",
          "grace",
          "max-life",
          "proof-interval",
          "address-per-second",
          "member-per-second",
          "public-metrics",
          "tls-certificate",
          "tls-key",
          CHAIN);

  private final Path folder;
  private final JsonNode root;
  private final Table table;

  private LedgerFile(Path folder, JsonNode root) {
    this.folder = folder;
    this.root = root;
    table = new Table(root);
  }

  /**
   * The settings in {@code file}; what it does not say is as in {@link LedgerSettings#DEFAULT}.
   *
   * @throws IllegalArgumentException if something in it makes no sense; its message says what
   */
  public static LedgerSettings read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      return new LedgerFile(folder, new TomlMapper().readTree(Files.readString(file))).settings();
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is no TOML: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private LedgerSettings settings() {
    Set<String> unknown = new TreeSet<>(root.propertyNames());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown: " + unknown + "; known are " + new TreeSet<>(KEYS));
    }
    LedgerSettings usual = LedgerSettings.DEFAULT;
    ApiSettings api = usual.api();
    return new LedgerSettings(
        table.text("listen").map(LedgerFile::address).orElse(usual.listen()),
        table.text("database"),
        table.number("chain", usual.chainId()),
        assets(),
        table.number("grace", usual.graceSeconds()),
        table.number("max-life", usual.maxLifeSeconds()),
        table.number("proof-interval", usual.proofSeconds()),
        new ApiSettings(
            0,
            table.integer("address-per-second", api.addressPerSecond()),
            table.integer("member-per-second", api.memberPerSecond()),
            root.path("public-metrics").asBoolean(false)),
        tls());
  }

  private Set<String> assets() {
    Set<String> assets = new HashSet<>();
    for (JsonNode asset : root.path("assets")) {
      if (!asset.isString() || !Account.isAsset(asset.stringValue())) {
        throw new IllegalArgumentException("assets are ids like \"tron:0x2b6653dc/trc10:1002000\"");
      }
      assets.add(asset.stringValue());
    }
    return assets;
  }

  private Optional<TlsFiles> tls() {
    Optional<String> certificate = table.text("tls-certificate");
    Optional<String> key = table.text("tls-key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("tls-certificate and tls-key belong together");
    }
    return certificate.map(
        file -> new TlsFiles(folder.resolve(file), folder.resolve(key.orElseThrow())));
  }

  /** What {@code HOST:PORT} with a numeric host means, or a port alone on this machine. */
  public static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    String digits = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    Optional<InetAddress> ip =
        IpLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    boolean isPort = digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= MAX_PORT;
    if (ip.isEmpty() || !isPort) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no address; write it like 7070 (this machine only), 0.0.0.0:7070 or"
              + " [::]:7070");
    }
    return new InetSocketAddress(ip.get(), Integer.parseInt(digits));
  }
}
