package sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;

/** The demonstration, with a small file: it judges itself, and says so. */
class DemoTest {
  @Test
  void coinsGoTheWholeWayAndTheBooksBalance() throws Exception {
    CapturedConsole console = new CapturedConsole();
    boolean fair = new Demo(console.console().out(), 2, 1 << 20).run();
    assertThat(fair).as(console.out()).isTrue();
    assertThat(console.out()).contains("awarded", " paid ", " 0 findings", "the books balance");
  }
}
