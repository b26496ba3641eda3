package sluice.market.credit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreditWindowTest {
  private static final long BLOCK = CreditWindow.BLOCK_BYTES;

  @Test
  void itDoublesWithEachVoucherUpToWhatIsGranted() {
    CreditWindow window = new CreditWindow(3 * BLOCK);
    assertThat(window.bytes()).isEqualTo(BLOCK);
    window.honoured();
    assertThat(window.bytes()).isEqualTo(2 * BLOCK);
    window.honoured();
    assertThat(window.bytes()).isEqualTo(3 * BLOCK);
  }

  @Test
  void afterADefaultItPaysBefore() {
    CreditWindow window = new CreditWindow(1 << 20);
    window.honoured();
    window.defaulted();
    assertThat(window.bytes()).isZero();
    window.honoured();
    assertThat(window.bytes()).isEqualTo(2 * BLOCK);
  }

  @Test
  void itEndsAtTheMost() {
    CreditWindow window = new CreditWindow(Long.MAX_VALUE);
    for (int i = 0; i < 20; i++) {
      window.honoured();
    }
    assertThat(window.bytes()).isEqualTo(CreditWindow.MAX_BYTES);
  }

  @Test
  void whileItIsStrictNothingOpensIt() {
    CreditWindow window = new CreditWindow(1 << 20);
    window.honoured();
    window.strict(true);
    for (int i = 0; i < 20; i++) {
      assertThat(window.bytes()).isZero();
      window.honoured();
    }
    window.strict(false);
    assertThat(window.bytes()).isEqualTo(BLOCK);
  }
}
