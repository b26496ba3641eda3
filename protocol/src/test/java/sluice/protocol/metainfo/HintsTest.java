package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** Local data hints (BEP 38), which are in the info dictionary, beside it, or both. */
class HintsTest {
  private static final String ONE = "20:" + "a".repeat(20);
  private static final String TWO = "32:" + "b".repeat(32);

  private static Hints read(String inInfo, String after) throws Exception {
    String info =
        "d" + inInfo + "6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:" + "x".repeat(20);
    String file =
        "d4:info" + info + after.split("\\|", -1)[0] + "e" + after.split("\\|", -1)[1] + "e";
    return MetainfoParser.parse(file.getBytes(ISO_8859_1)).hints();
  }

  @Test
  void theyAreMerged() throws Exception {
    Hints hints =
        read("11:collectionsl1:xe", "7:similarl" + ONE + "e|7:similarl" + TWO + ONE + "e");
    assertThat(hints.similar())
        .containsExactly(
            Hash.of("a".repeat(20).getBytes(ISO_8859_1)),
            Hash.of("b".repeat(32).getBytes(ISO_8859_1)));
    assertThat(hints.collections()).containsExactly("x");
  }

  @Test
  void whatCannotBeUsedIsLeftOut() throws Exception {
    assertThat(read("", "|")).isEqualTo(Hints.NONE);
    assertThat(read("", "7:similari5e|7:similard1:a1:be")).isEqualTo(Hints.NONE);
    Hints hints =
        read(
            "11:collectionsli7e0:300:" + "c".repeat(300) + "1:ze",
            "|7:similarl3:abci1el1:xe" + ONE + "e");
    assertThat(hints.similar()).hasSize(1);
    assertThat(hints.collections()).containsExactly("z");
  }

  @Test
  void thereIsAMost() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2 * Hints.MAX; i++) {
      many.append("20:").append("%020d".formatted(i));
    }
    Hints hints = read("11:collectionsl" + many + "e", "7:similarl" + many + "e|");
    assertThat(hints.similar()).hasSize(Hints.MAX);
    assertThat(hints.collections()).hasSize(Hints.MAX);
  }
}
