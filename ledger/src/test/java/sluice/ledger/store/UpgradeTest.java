package sluice.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.proof.ProofBook;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/**
 * Ledgers of earlier schemas that hold data. What is in {@code upgrade/vN.sql} was written by the
 * program when N was its newest schema: members, channels in each state, vouchers that were
 * redeemed, refusals, requests with their answers; from 4 on also coins of a chain, withdrawals in
 * each state and a proof.
 */
class UpgradeTest {
  private static final String ASSET = "test:coins";
  private static final int[] VERSIONS = {2, 4, 11, 13};
  private static final int MEMBERS = 5;
  private static final Pattern INSERT =
      Pattern.compile("insert into (\\w+) \\(([^)]*)\\) values .*", Pattern.DOTALL);

  /** Each file of a schema as it was when it was first used: a database knows its checksum. */
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("common/V1__books", "96934b974c09cbec6d90d34f5f839253"),
          Map.entry("sqlite/V2__append_only", "c499825cd3dc4433c05085e51c219428"),
          Map.entry("postgresql/V2__append_only", "0e77e501516098a4ec7d262dd4675bf2"),
          Map.entry("common/V3__chain", "0a6b434c6274f4af567bd8ef8b6dc496"),
          Map.entry("common/V4__liability", "26b64bb5204d48a825f5a086594a14af"),
          Map.entry("common/V10__gateway", "e2fc1e44be6fd71e3075e97c966520e8"),
          Map.entry("common/V11__difference", "92f293ea3ff2d45a2fb2e5be3905496b"),
          Map.entry("common/V12__resumption", "b5a0ec6c69084e9b19f08c23306d9812"),
          Map.entry("sqlite/V13__resumption_append_only", "8829e030494fb29fe7e94da615f3e106"),
          Map.entry("postgresql/V13__resumption_append_only", "b2f87cc33e72bc260dcea74482f44184"),
          Map.entry("common/V14__seen", "cc7a67d9a66012a81feef3b8811f90f9"));

  static Stream<Arguments> ledgers() {
    return Stream.of(Dialect.values())
        .flatMap(dialect ->
            java.util.Arrays.stream(VERSIONS).mapToObj(version -> Arguments.of(dialect, version)));
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = UpgradeTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
    }
  }

  private static Flyway migrations(DataSource source, Dialect dialect, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(source)
        .locations(
            "classpath:sluice/ledger/schema/common",
            "classpath:sluice/ledger/schema/" + dialect.schemaFolder())
        .target(target)
        .load();
  }

  private static void execute(DataSource source, List<String> statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  /** All rows of these columns, as text, in order. */
  private static List<String> rows(DataSource source, String table, String columns)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + columns + " from " + table)) {
      int count = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          values.add(String.valueOf((Object) row.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    rows.sort(null);
    return rows;
  }

  /** What is in the tables, by their columns. */
  private static Map<String, List<String>> content(DataSource source, Map<String, String> tables)
      throws SQLException {
    Map<String, List<String>> content = new TreeMap<>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      content.put(table.getKey(), rows(source, table.getKey(), table.getValue()));
    }
    return content;
  }

  @Test
  void filesOfSchemasStayAsTheyAre() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      byte[] bytes = text("/sluice/ledger/schema/" + file.getKey() + ".sql").getBytes(UTF_8);
      assertThat(Hash.sha256(bytes).hex()).as(file.getKey()).startsWith(file.getValue());
    }
    for (Dialect dialect : Dialect.values()) {
      Flyway all = migrations(TestDatabases.empty(dialect), dialect, MigrationVersion.LATEST);
      assertThat(all.info().all())
          .as("each is listed here")
          .extracting(MigrationInfo::getScript)
          .allMatch(script -> FILES.keySet().stream().anyMatch(f -> (f + ".sql").endsWith(script)));
    }
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void allThatWasThereStaysAndWorkGoesOn(Dialect dialect, int version)
      throws IOException, SQLException {
    DataSource source = TestDatabases.empty(dialect);
    migrations(source, dialect, MigrationVersion.fromVersion("" + version)).migrate();
    List<String> statements = List.of(text("/upgrade/v" + version + ".sql").split(";\n"));
    execute(source, statements);
    Map<String, String> tables = new TreeMap<>(Map.of("head", "entry, hash"));
    for (String statement : statements) {
      Matcher insert = INSERT.matcher(statement);
      if (insert.matches()) {
        tables.put(insert.group(1), insert.group(2));
      }
    }
    assertThat(tables).containsKeys("account", "entry", "posting", "channel", "request");
    Map<String, List<String>> before = content(source, tables);
    assertThat(before.get("entry")).hasSizeGreaterThan(15);
    int steps = 0;
    for (MigrationInfo next :
        migrations(source, dialect, MigrationVersion.LATEST).info().pending()) {
      migrations(source, dialect, next.getVersion()).migrate();
      assertThat(content(source, tables)).as("after %s", next.getVersion()).isEqualTo(before);
      steps++;
    }
    assertThat(steps).isPositive();
    try (Database database = Database.open(source, dialect)) {
      assertThat(Audit.of(database).entries()).isEqualTo(before.get("entry").size());
      assertThat(Audit.of(database).findings()).isEmpty();
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), () -> 1_110_000);
      isTheSameForMembers(hub, source);
      answersAreRepeated(hub, source);
      assertThat(content(source, tables)).as("read only").isEqualTo(before);
      goesOn(hub, source, version);
      assertThat(Audit.of(database).findings()).isEmpty();
    }
    assertThatThrownBy(() -> execute(source, List.of("update entry set reference = 'x'")))
        .hasMessageContaining("append-only");
  }

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  private static PayAddress member(int number) {
    return key(10 + number).address();
  }

  private static void isTheSameForMembers(Hub hub, DataSource source) throws SQLException {
    Set<Hash> channels = new HashSet<>();
    int withdrawals = 0;
    for (int i = 0; i < MEMBERS; i++) {
      long available = hub.balance(member(i), ASSET).availableMicros();
      String owner = "account where owner = '" + member(i).hex() + "' and kind = 'AVAILABLE'";
      assertThat(rows(source, owner, "micros")).contains("" + available);
      hub.channels(member(i)).forEach(channel -> channels.add(channel.cert().channel()));
      withdrawals += hub.withdrawals(member(i)).size();
      assertThat(hub.history(member(i), ASSET, Long.MAX_VALUE, 100)).isNotEmpty();
    }
    assertThat(channels.stream().map(Hash::hex))
        .containsExactlyInAnyOrderElementsOf(rows(source, "channel", "id"));
    assertThat(withdrawals).isEqualTo(rows(source, "withdrawal", "id").size());
  }

  /** A request of before counts once: what it was answered is answered again. */
  private static void answersAreRepeated(Hub hub, DataSource source) throws SQLException {
    List<String> requests = rows(source, "request", "member, idempotency_key, body_hash, answer");
    assertThat(requests).hasSizeGreaterThan(20);
    for (String request : requests) {
      String[] parts = request.split("\\|", 4);
      PayAddress member = PayAddress.ofHex(parts[0]);
      Optional<String> again =
          hub.once(
              member,
              parts[1],
              parts[2],
              desk -> {
                throw new AssertionError("done again: " + request);
              });
      assertThat(again).contains(parts[3]);
      assertThat(hub.once(member, parts[1], "0".repeat(64), desk -> "other")).isEmpty();
    }
  }

  private static void goesOn(Hub hub, DataSource source, int version) throws SQLException {
    long before = hub.balance(member(0), ASSET).availableMicros();
    if (version == 2) {
      hub.transact(desk -> desk.deposit(member(0), ASSET, 5, "faucet 0"));
      assertThat(hub.balance(member(0), ASSET).availableMicros())
          .as("counts once")
          .isEqualTo(before);
    }
    hub.transact(desk -> desk.deposit(member(0), ASSET, 5, "after the upgrade"));
    assertThat(hub.balance(member(0), ASSET).availableMicros()).isEqualTo(before + 5);
    String open = rows(source, "channel where state = 'OPEN' and paid < deposit", "id").getFirst();
    Hash id = Hash.ofHex(open);
    Channel channel = hub.channel(id).orElseThrow();
    long deposit = channel.cert().deposit();
    Outcome<Long> redeemed = hub.transact(desk -> desk.redeem(new Voucher(id, deposit)));
    assertThat(redeemed).isEqualTo(new Outcome.Done<>(deposit));
    hub.sweep();
    assertThat(new ProofBook(hub).publish(ASSET)).isPresent();
    assertThat(new ProofBook(hub).proof(member(0), ASSET).orElseThrow().problem()).isEmpty();
  }
}
