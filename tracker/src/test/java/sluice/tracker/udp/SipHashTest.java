package sluice.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The hash against what its authors' program gives. */
final class SipHashTest {
  @Test
  void theAuthorsVectorOfLength24() {
    // Appendix A's key 00 01 .. 0f and input 00 01 .. 17.
    SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertThat(hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L))
        .isEqualTo(0xb8ad50c6f649af94L);
  }
}
