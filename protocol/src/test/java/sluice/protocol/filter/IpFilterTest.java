package sluice.protocol.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.IpLiteral;

class IpFilterTest {
  private static final long SEED = Long.getLong("sluice.seed", 31);

  private static FilterList read(String... lines) {
    return FilterReader.read(String.join("\n", lines).getBytes(ISO_8859_1));
  }

  private static InetAddress ip(String text) {
    return IpLiteral.parse(text).orElseThrow();
  }

  private static boolean blocks(FilterList list, String address) {
    return list.filter().blocks(ip(address));
  }

  @Test
  void everyFormatIsUnderstood() {
    FilterList list =
        read(
            "\u00ef\u00bb\u00bf# a list",
            "",
            "192.0.2.0/25 # documentation",
            "198.51.100.7 ; one",
            "203.0.113.10-203.0.113.20",
            "001.002.003.000 - 001.002.003.255 , 000 , some, name - with: all",
            "001.002.004.000 - 001.002.004.255 , 127 , still blocked",
            "001.002.005.000 - 001.002.005.255 , 128 , allowed",
            "Bad-Guys: Inc.:5.6.7.8-5.6.7.9",
            "2001:db8:1::/48",
            "six:2001:db8:2::5-2001:db8:2::9",
            "// the end");
    assertThat(list.badLines()).isZero();
    assertThat(list.ranges()).isEqualTo(8);
    assertThat(blocks(list, "192.0.2.0")).isTrue();
    assertThat(blocks(list, "192.0.2.127")).isTrue();
    assertThat(blocks(list, "192.0.2.128")).isFalse();
    assertThat(blocks(list, "198.51.100.7")).isTrue();
    assertThat(blocks(list, "203.0.113.20")).isTrue();
    assertThat(blocks(list, "203.0.113.21")).isFalse();
    assertThat(blocks(list, "1.2.3.255")).isTrue();
    assertThat(blocks(list, "1.2.4.0")).isTrue();
    assertThat(blocks(list, "1.2.5.0")).isFalse();
    assertThat(blocks(list, "5.6.7.7")).isFalse();
    assertThat(blocks(list, "5.6.7.8")).isTrue();
    assertThat(blocks(list, "2001:db8:1:ffff::1")).isTrue();
    assertThat(blocks(list, "2001:db8:2::4")).isFalse();
    assertThat(blocks(list, "2001:db8:2::9")).isTrue();
    assertThat(blocks(list, "2001:db8:2::a")).isFalse();
  }

  @Test
  void badLinesAreCountedAndTheOthersHold() {
    FilterList list =
        read(
            "192.0.2.1",
            "what?",
            "1.2.3.4/33",
            "2.0.0.0-1.0.0.0",
            "1.2.3.4-2001:db8::1",
            "1.2.3.0 - 1.2.3.9 , x , name",
            "x".repeat(FilterReader.MAX_LINE_BYTES + 1),
            "192.0.2.3");
    assertThat(list.badLines()).isEqualTo(6);
    assertThat(list.firstBad()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(blocks(list, "192.0.2.1")).isTrue();
    assertThat(blocks(list, "192.0.2.3")).isTrue();
    assertThat(list.filter().size()).isEqualTo(2);
    FilterList many = read("?\n".repeat(1_000));
    assertThat(many.badLines()).isEqualTo(1_000);
    assertThat(many.firstBad()).hasSize(FilterReader.MAX_REPORTED);
  }

  @Test
  void lineEndsAndPartsDoNotMatter() {
    byte[] bytes = "192.0.2.1\r\n192.0.2.3\r192.0.2.5\n\n192.0.2.7".getBytes(ISO_8859_1);
    for (int part = 1; part <= bytes.length; part++) {
      FilterList list = inParts(bytes, part);
      assertThat(list.filter().size()).as("parts of " + part).isEqualTo(4);
      assertThat(list.badLines()).isZero();
    }
  }

  private static FilterList inParts(byte[] bytes, int part) {
    FilterReader reader = new FilterReader();
    for (int at = 0; at < bytes.length; at += part) {
      int count = Math.min(part, bytes.length - at);
      reader.accept(Arrays.copyOfRange(bytes, at, at + count), count);
    }
    return reader.end();
  }

  @Test
  void theEndsOfTheSpacesAreAddressesToo() {
    FilterList all = read("0.0.0.0/0", "::/0", "255.255.255.255", "255.255.255.254");
    assertThat(all.filter().size()).isEqualTo(2);
    for (String address : List.of("0.0.0.0", "127.255.255.255", "128.0.0.0", "255.255.255.255")) {
      assertThat(blocks(all, address)).as(address).isTrue();
    }
    assertThat(blocks(all, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isTrue();
    assertThat(blocks(all, "7fff::")).isTrue();
    assertThat(IpFilter.EMPTY.blocks(ip("0.0.0.0"))).isFalse();
    assertThat(IpFilter.EMPTY.blocks(ip("::"))).isFalse();
    assertThat(IpFilter.EMPTY.size()).isZero();
  }

  /** The same ranges in all binary versions, in parts of every size. */
  @Test
  void binaryListsAreUnderstoodInPartsOfAnySize() {
    String mark = "\u00ff\u00ff\u00ff\u00ffP2B";
    String one = "\5\6\7\10\5\6\7\11";
    String two = "\u00fe\0\0\0\u00ff\u00ff\u00ff\u00ff";
    for (String text :
        List.of(
            mark + "\1a name\0" + one + "\0" + two,
            mark + "\2\u00c3\u00a9\0" + one + "b\0" + two,
            mark + "\3\0\0\0\2a\0b\0\0\0\0\2\0\0\0\0" + one + "\0\0\0\1" + two)) {
      byte[] bytes = text.getBytes(ISO_8859_1);
      for (int part = 1; part <= bytes.length; part++) {
        FilterList list = inParts(bytes, part);
        assertThat(list.badLines()).as("version %s, parts of %s", bytes[7], part).isZero();
        assertThat(list.ranges()).isEqualTo(2);
        assertThat(blocks(list, "5.6.7.7")).isFalse();
        assertThat(blocks(list, "5.6.7.8")).isTrue();
        assertThat(blocks(list, "5.6.7.9")).isTrue();
        assertThat(blocks(list, "5.6.7.10")).isFalse();
        assertThat(blocks(list, "253.255.255.255")).isFalse();
        assertThat(blocks(list, "255.255.255.255")).isTrue();
      }
    }
  }

  @Test
  void recordsOfABinaryListThatAreBadAreNumbered() {
    String mark = "\u00ff\u00ff\u00ff\u00ffP2B";
    String text = mark + "\1a\0\1\2\3\4\1\2\3\4b\0\2\0\0\0\1\0\0\0c\0\3";
    FilterList list = FilterReader.read(text.getBytes(ISO_8859_1));
    assertThat(list.filter().size()).isEqualTo(1);
    assertThat(list.firstBad()).containsExactly(2L, 3L);
    assertThat(list.badLines()).isEqualTo(2);
  }

  /** Random ranges in a small space against a picture of it, for both families. */
  @Test
  void agreesWithAPicture() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 100; run++) {
      String prefix = run % 2 == 0 ? "10.0." : "2001:db8::";
      boolean[] picture = new boolean[65_536];
      List<String> lines = new ArrayList<>();
      for (int i = random.nextInt(80); i >= 0; i--) {
        int from = random.nextInt(65_000);
        int to = from + random.nextInt(500);
        java.util.Arrays.fill(picture, from, to + 1, true);
        lines.add(address(prefix, from) + "-" + address(prefix, to));
      }
      FilterList list = read(lines.toArray(String[]::new));
      assertThat(list.badLines()).isZero();
      for (int i = 0; i < 65_536; i++) {
        if (blocks(list, address(prefix, i)) != picture[i]) {
          throw new AssertionError("seed " + SEED + " run " + run + " address " + i);
        }
      }
    }
  }

  private static String address(String prefix, int number) {
    return prefix.endsWith(".")
        ? prefix + (number >> 8) + "." + (number & 0xff)
        : prefix + Integer.toHexString(number);
  }

  @Test
  void halfAMillionRangesTakeFourMegabytes() {
    FilterReader reader = new FilterReader();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 500_000; i++) {
      int from = i * 8_589;
      String line = dotted(from) + "-" + dotted(from + random.nextInt(4_000)) + "\n";
      byte[] bytes = line.getBytes(ISO_8859_1);
      reader.accept(bytes, bytes.length);
    }
    IpFilter filter = reader.end().filter();
    assertThat(filter.size()).isEqualTo(500_000);
    assertThat(filter.memoryBytes()).isEqualTo(4_000_000);
    assertThat(filter.blocks(ip(dotted(499_999 * 8_589)))).isTrue();
    assertThat(filter.blocks(ip(dotted(499_999 * 8_589 - 1)))).isFalse();
  }

  private static String dotted(int a) {
    return (a >>> 24) + "." + (a >> 16 & 0xff) + "." + (a >> 8 & 0xff) + "." + (a & 0xff);
  }
}
