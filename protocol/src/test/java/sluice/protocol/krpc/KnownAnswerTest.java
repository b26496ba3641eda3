package sluice.protocol.krpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BString;
import sluice.protocol.corpus.SharedVectors;

/** The known answers of BEP 33, 42, 44 and 46. */
class KnownAnswerTest {
  private static final String KEY =
      "77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548";
  private static final BString VALUE = BString.of("12:Hello World!");

  /** BEP 33: 256 addresses of IPv4 and 1,000 of IPv6. */
  @Test
  void bloomFilter() {
    AddressBloom filter = AddressBloom.empty();
    IntStream.range(0, 256).forEach(i -> filter.add(ip("192.0.2." + i)));
    IntStream.range(0, 1000).forEach(i -> filter.add(ip("2001:db8::" + Integer.toHexString(i))));
    assertThat(filter.estimate()).isCloseTo(1224.9308, within(0.001));
    String vectors = new String(SharedVectors.read("own/bep_kat.json"), US_ASCII);
    Matcher expected = Pattern.compile("\"expected\":\\s*\"([0-9a-f]{512})\"").matcher(vectors);
    assertThat(expected.find()).isTrue();
    assertThat(HexFormat.of().formatHex(filter.bytes().bytes())).isEqualTo(expected.group(1));
    AddressBloom joined = AddressBloom.empty();
    assertThat(joined.estimate()).isZero();
    joined.join(AddressBloom.of(filter.bytes()));
    assertThat(joined).isEqualTo(filter);
  }

  @ParameterizedTest
  @CsvSource({
    "124.31.75.21, 5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401",
    "21.75.31.124, 5a3ce9c14e7a08645677bbd1cfe7d8f956d53256",
    "65.23.51.170, a5d43220bc8f112a3d426c84764f8c2a1150e616",
    "84.124.73.14, 1b0321dd1bb1fe518101ceef99462b947a01ff41",
    "43.213.53.83, e56f6cbf5b7c4be0237986d5243b87aa6d51305a"
  })
  void idsOfAddresses(String address, String text) {
    NodeId id = NodeId.of(HexFormat.of().parseHex(text));
    assertThat(id).hasToString(text);
    assertThat(SecureIds.isRight(id, ip(address))).isTrue();
    assertThat(SecureIds.isRight(id.flip(20), ip(address))).isFalse();
    assertThat(SecureIds.isRight(id.flip(21), ip(address))).isTrue();
    assertThat(SecureIds.isRight(id, ip("8.8.8.8"))).isFalse();
    assertThat(SecureIds.isRight(id, ip("192.168.1.2"))).isTrue();
    assertThat(SecureIds.make(ip(address), id)).isEqualTo(id);
    NodeId ipv6 = SecureIds.make(ip("2001:db8::1"), id);
    assertThat(SecureIds.isRight(ipv6, ip("2001:db8::1"))).isTrue();
    assertThat(SecureIds.isRight(ipv6, ip("2001:db9::1"))).isFalse();
    assertThat(ipv6.commonBits(id)).isLessThan(21);
    assertThat(ipv6.low() & 7).isEqualTo(id.low() & 7);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 4a533d47ec9c7d95b1ad75f576cffc641853b750,"
        + "305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff"
        + "1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01",
    "foobar, 411eba73b6f087ca51a3795d9c8c938d365e32c1,"
        + "6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17d"
        + "df9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08"
  })
  void mutableItems(String salt, String target, String signature) {
    Item.Mutable item = new Item.Mutable(hex(KEY), BString.of(salt), 1, VALUE, hex(signature));
    assertThat(item.target()).hasToString(target);
    assertThat(item.isSigned()).isTrue();
    assertThat(new Item.Mutable(hex(KEY), BString.of(salt), 2, VALUE, hex(signature)).isSigned())
        .isFalse();
    BString other = BString.of("12:Hello world!");
    assertThat(new Item.Mutable(hex(KEY), BString.of(salt), 1, other, hex(signature)).isSigned())
        .isFalse();
    String nonsense = "ff".repeat(64);
    assertThat(new Item.Mutable(hex(KEY), BString.of(salt), 1, VALUE, hex(nonsense)).isSigned())
        .isFalse();
    assertThat(Ed25519.verify(hex("ff".repeat(32)).bytes(), new byte[3], hex(signature).bytes()))
        .isFalse();
  }

  @Test
  void immutableItems() {
    assertThat(new Item.Immutable(VALUE).target())
        .hasToString("e5f96f6f38320f0f33959cb4d3d656452117aadb");
    assertThat(Item.isValue(VALUE.bytes())).isTrue();
    for (String bad : List.of("", "i01e", "1:ab", "d1:b0:1:a0:e", "997:" + "x".repeat(997))) {
      assertThat(Item.isValue(bad.getBytes(US_ASCII))).as(bad).isFalse();
    }
    assertThat(Item.isValue(("996:" + "x".repeat(996)).getBytes(US_ASCII))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', cc3f9d90b572172053626f9980ce261a850d050b",
    "n, 59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f"
  })
  void targetsOfUpdates(String salt, String target) {
    BString key = hex("8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e");
    assertThat(Item.Mutable.target(key, BString.of(salt))).hasToString(target);
  }

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void signing() {
    byte[] seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").bytes();
    byte[] key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").bytes();
    byte[] signature = Ed25519.sign(seed, new byte[] {0x72});
    assertThat(HexFormat.of().formatHex(signature))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(Ed25519.verify(key, new byte[] {0x72}, signature)).isTrue();
    Item.Mutable item =
        Item.Mutable.sign(seed, BString.of(key), BString.of("salt"), Long.MAX_VALUE, VALUE);
    assertThat(item.isSigned()).isTrue();
    assertThat(Optional.of(item.target()))
        .contains(Item.Mutable.target(BString.of(key), BString.of("salt")));
  }

  private static BString hex(String digits) {
    return BString.of(HexFormat.of().parseHex(digits));
  }

  private static InetAddress ip(String text) {
    return IpLiteral.parse(text).orElseThrow();
  }
}
