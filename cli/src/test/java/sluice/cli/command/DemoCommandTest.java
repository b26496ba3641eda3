package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;

/** {@code sluice demo} with a small file: from coins on the chain and back. */
class DemoCommandTest {
  private static final Pattern LIVE =
      Pattern.compile(
          "(?m)^ *([0-9]+) s  payer +([0-9]+) %  free 1 +([0-9]+) %  free 2 +([0-9]+) %"
              + "  free 3 +([0-9]+) %  sent +([0-9.]+) MiB  paid ([0-9.]+)  earned ([0-9.]+)$");

  private static Matcher line(CapturedConsole console, String pattern) {
    Matcher matcher = Pattern.compile("(?m)^" + pattern + "$").matcher(console.out());
    assertThat(matcher.find()).as("%s in%n%s%s", pattern, console.out(), console.err()).isTrue();
    return matcher;
  }

  @Test
  void itShowsWhoGetsWhatAndWhatIsSpentIsEarned() {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run("demo", "--size", "2"))
        .as("%s%s", console.out(), console.err())
        .isZero();
    books(console);
    view(console);
  }

  private static void books(CapturedConsole console) {
    Matcher sums = line(console, "spent ([0-9.]+), earned ([0-9.]+)");
    BigDecimal spent = new BigDecimal(sums.group(1));
    BigDecimal earned = new BigDecimal(sums.group(2));
    assertThat(spent).isEqualByComparingTo(earned).isPositive();
    assertThat(new BigDecimal(line(console, "payer: available ([0-9.]+), locked 0").group(1)))
        .isEqualByComparingTo(new BigDecimal(100).subtract(spent));
    BigDecimal fee = new BigDecimal("0.001");
    assertThat(new BigDecimal(line(console, "on the chain the seller has ([0-9.]+)").group(1)))
        .isEqualByComparingTo(earned.subtract(fee));
    assertThat(Integer.parseInt(line(console, "audit: ([0-9]+) entries, 0 findings").group(1)))
        .as("deposit, channel, voucher, close, withdrawal and its payment")
        .isGreaterThanOrEqualTo(6);
    line(console, "the books balance");
    assertThat(console.out()).doesNotContain("WRONG");
  }

  /** A line for each second: what each has, what was sent, paid and earned, and none goes back. */
  private static void view(CapturedConsole console) {
    List<double[]> seen = new ArrayList<>();
    Matcher live = LIVE.matcher(console.out());
    while (live.find()) {
      double[] line = new double[live.groupCount()];
      for (int i = 0; i < line.length; i++) {
        line[i] = Double.parseDouble(live.group(i + 1));
      }
      seen.add(line);
    }
    assertThat(seen).as(console.out()).hasSizeGreaterThan(2);
    for (int row = 1; row < seen.size(); row++) {
      for (int i = 0; i < seen.get(row).length; i++) {
        assertThat(seen.get(row)[i]).as(console.out()).isGreaterThanOrEqualTo(seen.get(row - 1)[i]);
      }
      assertThat(seen.get(row)[0]).as("seconds").isGreaterThan(seen.get(row - 1)[0]);
    }
    double[] last = seen.getLast();
    double spent = Double.parseDouble(line(console, "spent ([0-9.]+), .*").group(1));
    assertThat(last[1]).as("the payer has all, %s", console.out()).isEqualTo(100);
    assertThat(last[2] + last[3] + last[4]).as("but not nothing").isPositive();
    assertThat(last[5]).as("MiB sent").isBetween(1.0, 8.0);
    assertThat(last[6]).as("paid, of what is spent in the end").isPositive();
    assertThat(last[6]).isLessThanOrEqualTo(spent);
    assertThat(last[7]).as("earned").isPositive().isLessThanOrEqualTo(spent);
    List<String> order = List.of("chain at ", "tracker at ", "ledger at ", " 0 s  payer ");
    int at = -1;
    for (String text : order) {
      assertThat(console.out().indexOf(text)).as(text).isGreaterThan(at);
      at = console.out().indexOf(text);
    }
    boolean first = last[2] < 100 && last[3] < 100 && last[4] < 100;
    String verdict = first ? "the payer had it first" : "SOMEBODY ELSE HAD IT BEFORE THE PAYER";
    assertThat(console.out().indexOf("\n" + verdict + "\n"))
        .as(verdict)
        .isBetween(console.out().lastIndexOf(" s  payer "), console.out().indexOf("audit: "));
  }

  @Test
  void aSizeIsANumberOfMebibytes() {
    for (String wrong : new String[] {"0", "-1", "1025", "8M", "1.5"}) {
      CapturedConsole console = new CapturedConsole();
      assertThat(console.run("demo", "--size", wrong)).as(wrong).isEqualTo(2);
      assertThat(console.err()).contains("is not 1 to 1024 MiB");
    }
  }
}
