package sluice.protocol.magnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.MagnetException.Reason;

/** Magnet URIs are read, written and refused as BEP 9, 52 and 53 want it. */
class MagnetTest {
  private static final String V1 = "0123456789abcdef0123456789abcdef01234567";
  private static final String V2 = V1 + "89abcdef0123456789abcdef";
  private static final String XT = "magnet:?xt=urn:btih:" + V1;

  @Test
  void everyParameterIsRead() throws MagnetException {
    Magnet magnet =
        MagnetParser.parse(
            "MAGNET:?xt.1=urn:btih:"
                + V1.toUpperCase(java.util.Locale.ROOT)
                + "&xt.2=urn:btmh:1220"
                + V2
                + "&dn=a+b%20c%2Bd&tr=http%3A%2F%2Ft%2Fannounce&tr.1=udp://t:1&tr=udp://t:1"
                + "&ws=http://w/a%20b&x.pe=10.0.0.1:6881&x.pe=[2001:db8::1]:1&x.pe=h:70000"
                + "&x.pe=nohost&so=0,2,4-6&xs=http://x/&kt=word");
    assertThat(magnet.hashes().v1()).contains(Hash.ofHex(V1));
    assertThat(magnet.hashes().v2()).contains(Hash.ofHex(V2));
    assertThat(magnet.name()).contains("a b c+d");
    assertThat(magnet.trackers()).containsExactly("http://t/announce", "udp://t:1");
    assertThat(magnet.webSeeds()).containsExactly("http://w/a%20b");
    assertThat(magnet.peers())
        .containsExactly(new HostPort("10.0.0.1", 6881), new HostPort("2001:db8::1", 1));
    assertThat(magnet.selection()).containsExactly(0, 2, 4, 5, 6);
    assertThat(MagnetParser.parse(magnet.toUri())).isEqualTo(magnet);
  }

  @Test
  void base32IsAnotherFormOfTheHash() throws MagnetException {
    Magnet magnet = MagnetParser.parse("magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH");
    assertThat(magnet.hashes().v1()).contains(Hash.ofHex(V1));
    assertThat(MagnetParser.parse("magnet:?xt=urn:btih:aerukz4jvpg66ajdivtytk6n54asgrlh"))
        .isEqualTo(magnet);
  }

  @Test
  void onlySensiblePartsOfTheSelectionCount() throws MagnetException {
    assertThat(selection("3-5,4-7")).containsExactly(3, 4, 5, 6, 7);
    assertThat(selection("6-4,1")).containsExactly(1);
    assertThat(selection("a,2x,-3,1-,,9")).containsExactly(9);
    assertThat(selection("\u0661")).isEmpty();
    assertThat(selection("262142-99999999999999999999")).containsExactly(262_142, 262_143);
    assertThat(selection("262144")).isEmpty();
  }

  @Test
  void eachCauseOfRefusalHasItsReason() {
    assertThat(reason("magnet:?dn=x")).isEqualTo(Reason.MISSING_HASH);
    assertThat(reason("magnet:?xt=urn:sha1:ABC")).isEqualTo(Reason.MISSING_HASH);
    assertThat(reason("http://example.com/")).isEqualTo(Reason.NOT_A_MAGNET);
    assertThat(reason("")).isEqualTo(Reason.NOT_A_MAGNET);
    assertThat(reason("magnet:?xt=urn:btih:" + V1.substring(2))).isEqualTo(Reason.BAD_HASH);
    assertThat(reason("magnet:?xt=urn:btih:" + V1.replace('0', 'g'))).isEqualTo(Reason.BAD_HASH);
    assertThat(reason("magnet:?xt=urn:btmh:1221" + V2)).isEqualTo(Reason.BAD_HASH);
    assertThat(reason("magnet:?xt=urn:btmh:1220" + V1)).isEqualTo(Reason.BAD_HASH);
    assertThat(reason(XT + "&xt=urn:btih:" + "1".repeat(40))).isEqualTo(Reason.CONFLICTING_HASHES);
    assertThat(reason(XT + "&dn=" + "x".repeat(70_000))).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void listsAreBounded() throws MagnetException {
    StringBuilder uri = new StringBuilder(XT);
    for (int i = 0; i < 1_000; i++) {
      uri.append("&tr=udp://t:").append(i).append("&x.pe=h").append(i).append(":1");
    }
    Magnet magnet = MagnetParser.parse(uri.toString());
    assertThat(magnet.trackers()).hasSize(MagnetParser.MAX_URLS);
    assertThat(magnet.peers()).hasSize(MagnetParser.MAX_PEERS);
  }

  @Test
  void aPercentSignMayStandForItself() throws MagnetException {
    assertThat(MagnetParser.parse(XT + "&dn=100%&tr=udp://t:1/%zz").name()).contains("100%");
  }

  private static List<Integer> selection(String so) throws MagnetException {
    return MagnetParser.parse(XT + "&so=" + so).selection();
  }

  private static Reason reason(String uri) {
    return catchThrowableOfType(MagnetException.class, () -> MagnetParser.parse(uri)).reason();
  }
}
