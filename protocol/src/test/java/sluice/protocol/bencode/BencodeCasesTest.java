package sluice.protocol.bencode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sluice.protocol.corpus.SharedVectors;

/** The 107 shared cases for the strict and the lenient reader. */
class BencodeCasesTest {
  private static final Pattern CASE =
      Pattern.compile(
          "\"hex\": \"([0-9a-f]*)\".*?\"strict\": \"(.*?)\",\\s*\"lenient\": \"(.*?)\"",
          Pattern.DOTALL);

  /**
   * Inputs that BEP 3 to the letter would allow and that this reader refuses, in both modes:
   * integers of more than 64 bits and nesting deeper than 100.
   */
  private static final Set<String> REFUSED_BY_LIMIT =
      Set.of(
          "i9223372036854775808e",
          "i18446744073709551615e",
          "i184467440737095516154e",
          "i604919719469385652980544193299329427705624352086e",
          "l".repeat(101) + "e".repeat(101));

  @Test
  void everyCaseGetsItsVerdict() {
    String json = new String(SharedVectors.read("own/bencode_cases.json"), UTF_8);
    int count = 0;
    int limited = 0;
    for (MatchResult row : CASE.matcher(json).results().toList()) {
      count++;
      byte[] input = HexFormat.of().parseHex(row.group(1));
      String text = new String(input, UTF_8);
      boolean refused = REFUSED_BY_LIMIT.contains(text);
      limited += refused ? 1 : 0;
      String shown = text.length() > 80 ? text.substring(0, 80) : text;
      assertThat(strict(input)).as(shown).isEqualTo(refused ? "reject" : row.group(2));
      assertThat(lenient(input)).as(shown).isEqualTo(row.group(3));
    }
    assertThat(count).isEqualTo(107);
    assertThat(limited).isEqualTo(5);
  }

  private static String strict(byte[] input) {
    try {
      BValue value = Bencode.parse(input);
      assertThat(Bencode.write(value)).isEqualTo(input);
      return "accept";
    } catch (BencodeException e) {
      return "reject";
    }
  }

  private static String lenient(byte[] input) {
    try {
      return Bencode.parseLenient(input, BencodeLimits.FILE).softErrors().isEmpty()
          ? "accept"
          : "accept-soft-error";
    } catch (BencodeException e) {
      return "reject";
    }
  }
}
