package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/** The dashboard shows the numbers that the daemon tells, all of them and no others. */
class GrafanaTest {
  private static final Path DASHBOARD = Path.of("..", "packaging", "grafana", "sluice.json");
  private static final Pattern METRIC = Pattern.compile("\\b(?:sluice|jvm|process|http)_[a-z_]+");

  @TempDir Path temp;

  @Test
  void theDashboardNamesWhatThereIs() throws Exception {
    JsonNode dashboard = Json.read(Files.readAllBytes(DASHBOARD));
    Set<String> shown = new TreeSet<>();
    for (String expression : dashboard.path("panels").findValuesAsString("expr")) {
      Matcher matcher = METRIC.matcher(expression);
      assertThat(
              matcher
                  .results()
                  .map(r -> r.group().replaceFirst("_(bucket|sum|count)$", ""))
                  .peek(shown::add)
                  .count())
          .as(expression)
          .isPositive();
    }
    Set<String> told = new TreeSet<>();
    try (TestDaemon daemon = new TestDaemon(temp)) {
      for (String line : daemon.get("/metrics").body().split("\n")) {
        if (line.startsWith("# TYPE ")) {
          told.add(line.split(" ")[2]);
        }
      }
    }
    assertThat(shown).isEqualTo(told);
  }
}
