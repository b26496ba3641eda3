package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;

/** {@code sluice demo} with a small file: from coins on the chain and back. */
class DemoCommandTest {
  private static Matcher line(CapturedConsole console, String pattern) {
    Matcher matcher = Pattern.compile("(?m)^" + pattern + "$").matcher(console.out());
    assertThat(matcher.find()).as("%s in%n%s%s", pattern, console.out(), console.err()).isTrue();
    return matcher;
  }

  @Test
  void whatIsSpentIsEarnedAndTheAuditFindsNothing() {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run("demo", "--size", "2"))
        .as("%s%s", console.out(), console.err())
        .isZero();
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

  @Test
  void aSizeIsANumberOfMebibytes() {
    for (String wrong : new String[] {"0", "-1", "1025", "8M", "1.5"}) {
      CapturedConsole console = new CapturedConsole();
      assertThat(console.run("demo", "--size", wrong)).as(wrong).isEqualTo(2);
      assertThat(console.err()).contains("is not 1 to 1024 MiB");
    }
  }
}
