package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.digest.Hash;

/** The sets that BEP 6 prints, and what it leaves open. */
class AllowedFastTest {
  private static final Hash HASH = Hash.ofHex("aa".repeat(20));

  @Test
  void setsOfBep6() {
    InetAddress peer = ip("80.4.4.200");
    assertThat(AllowedFast.pieces(HASH, peer, 1313, 7))
        .containsExactly(1059, 431, 808, 1217, 287, 376, 1188);
    assertThat(AllowedFast.pieces(HASH, peer, 1313, 9))
        .containsExactly(1059, 431, 808, 1217, 287, 376, 1188, 353, 508);
    assertThat(AllowedFast.pieces(HASH, ip("80.4.4.1"), 1313, 7))
        .isEqualTo(AllowedFast.pieces(HASH, peer, 1313, 7));
    assertThat(AllowedFast.pieces(HASH, ip("80.4.5.200"), 1313, 7))
        .isNotEqualTo(AllowedFast.pieces(HASH, peer, 1313, 7));
  }

  @Test
  void ipv6CountsTheNetworkOfSixtyFourBits() {
    int[] set = AllowedFast.pieces(HASH, ip("2001:db8:1:2::3"), 1000, 10);
    assertThat(set).hasSize(10).doesNotHaveDuplicates();
    assertThat(AllowedFast.pieces(HASH, ip("2001:db8:1:2:ffff::9"), 1000, 10)).isEqualTo(set);
    assertThat(AllowedFast.pieces(HASH, ip("2001:db8:1:3::3"), 1000, 10)).isNotEqualTo(set);
  }

  @Test
  void smallTorrentsAreAllowedWhole() {
    assertThat(AllowedFast.pieces(HASH, ip("192.0.2.1"), 3, 10)).containsExactly(0, 1, 2);
    assertThat(AllowedFast.pieces(HASH, ip("192.0.2.1"), 11, 10)).hasSize(10);
    assertThat(AllowedFast.pieces(HASH, ip("192.0.2.1"), 0, 10)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedFast.pieces(HASH, ip("192.0.2.1"), 1000, 65));
  }

  private static InetAddress ip(String text) {
    return IpLiteral.parse(text).orElseThrow();
  }
}
