package sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void foreignTextCannotSteerTheTerminal() {
    assertThat(Printable.clean("a\u001b[2Jb\u009b\r\n\u202ec\ud800"))
        .isEqualTo("a\\u001b[2Jb\\u009b\\u000d\\u000a\\u202ec\\ud800");
  }

  @Test
  void lettersOfAllScriptsStay() {
    String text = "\u00fc\u6f22\u5b57 \ud83d\ude00 -> [1]";
    assertThat(Printable.clean(text)).isEqualTo(text);
  }
}
