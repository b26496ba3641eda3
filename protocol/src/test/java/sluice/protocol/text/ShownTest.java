package sluice.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts that try to be more than texts. */
class ShownTest {

  @Test
  void controlsAndMarksAreReplaced() {
    assertThat(Shown.text("a\u001b[31mb\r\nc\u202ed\u2028", 99))
        .isEqualTo("a\uFFFD[31mb\uFFFD\uFFFDc\uFFFDd\uFFFD");
    assertThat(Shown.text("ok\ud800", 99)).isEqualTo("ok\uFFFD");
    assertThat(Shown.text("größe 日本 😀", 99)).isEqualTo("größe 日本 😀");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    assertThat(Shown.text("abcdef", 3)).isEqualTo("abc");
    assertThat(Shown.text("ab😀", 3)).isEqualTo("ab");
    assertThat(Shown.text("ab😀", 4)).isEqualTo("ab😀");
  }
}
