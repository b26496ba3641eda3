package sluice.market.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The document and the fuzz targets have the same messages, fields and keys: what is written there
 * and is in no row of the corpus fails here. {@link PayCorpusTest} makes its inputs of these rows.
 */
class FuzzTargetsTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "bwpay.md");
  private static final Pattern MESSAGE =
      Pattern.compile("\\| ([0-9]+) \\| (\\w+) \\| (?:payer|payee|both) \\| (.*) \\|");
  private static final Pattern FIELD = Pattern.compile("(?:^|· )`([a-z])`");
  private static final Pattern KEY = Pattern.compile("\\| `([a-z])` \\| .* \\| .* \\|");
  private static final Pattern TYPE = Pattern.compile("1:ti([0-9]+)e");

  /** Fields that are written as optional. */
  private static final Set<String> OPTIONAL = Set.of("0w", "1s", "3i", "7z");

  private static TreeMap<String, List<PayRow>> messages() {
    return PayRow.all().stream()
        .filter(row -> row.reader().equals("message") && TYPE.matcher(row.text()).find())
        .collect(Collectors.groupingBy(FuzzTargetsTest::type, TreeMap::new, Collectors.toList()));
  }

  private static String type(PayRow row) {
    Matcher type = TYPE.matcher(row.text());
    assertThat(type.find()).isTrue();
    return type.group(1);
  }

  private static boolean has(PayRow row, String field) {
    return Pattern.compile("[de]?1:" + field + "(?:i[0-9]+e|[0-9]+:)").matcher(row.text()).find();
  }

  @Test
  void eachMessageOfTheDocumentIsOneOfTheCorpus() throws IOException {
    TreeMap<String, List<PayRow>> corpus = messages();
    List<String> types = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher message = MESSAGE.matcher(line);
      if (!message.matches()) {
        continue;
      }
      String type = message.group(1);
      types.add(type);
      List<PayRow> rows = corpus.getOrDefault(type, List.of());
      assertThat(rows)
          .as("%s is read", message.group(2))
          .anyMatch(row -> row.verdict().startsWith("accept:"));
      assertThat(rows).as("%s is refused", message.group(2)).anyMatch(FuzzTargetsTest::isRefused);
      Set<String> fields = new TreeSet<>();
      FIELD.matcher(message.group(3)).results().forEach(f -> fields.add(f.group(1)));
      assertThat(fields).as(line).isNotEmpty();
      for (String field : fields) {
        assertThat(rows)
            .as("%s with %s", message.group(2), field)
            .anyMatch(row -> has(row, field) && !isRefused(row));
        boolean optional = OPTIONAL.contains(type + field);
        assertThat(rows.stream().filter(row -> !has(row, field)).toList())
            .as("%s without %s", message.group(2), field)
            .isNotEmpty()
            .anyMatch(row -> isRefused(row) != optional);
      }
    }
    assertThat(types).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
    assertThat(PayMessage.class.getPermittedSubclasses())
        .as("all of them, and what is not known")
        .hasSize(types.size() + 1);
  }

  private static boolean isRefused(PayRow row) {
    return row.verdict().equals("reject");
  }

  @Test
  void eachKeyOfTheHandshakeIsOneOfTheCorpus() throws IOException {
    List<String> keys = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("## Money")) {
        break;
      }
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        keys.add(key.group(1));
      }
    }
    assertThat(keys).containsExactly("a", "f", "h", "p", "v", "w");
    List<PayRow> rows =
        PayRow.all().stream().filter(row -> row.reader().equals("handshake")).toList();
    for (String key : keys) {
      Pattern with = Pattern.compile("1:" + key + "(?:i-?[0-9]+e|l|[0-9]+:)");
      assertThat(rows).as("with %s", key).anyMatch(row -> with.matcher(row.text()).find());
      assertThat(rows).as("without %s", key).anyMatch(row -> !with.matcher(row.text()).find());
    }
    assertThat(new String(rows.getFirst().bytes(), ISO_8859_1)).startsWith("d");
  }
}
