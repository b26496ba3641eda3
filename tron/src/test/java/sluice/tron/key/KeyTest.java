package sluice.tron.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;
import sluice.tron.Recorded;

/** Addresses, mnemonics and derived keys against vectors of others. */
class KeyTest {
  private static final String ABANDON = "abandon ".repeat(11) + "about";

  private static PayKey key(long number) {
    return PayKey.of(ByteBuffer.allocate(32).putLong(24, number).array()).orElseThrow();
  }

  @Test
  void addressesAreTheKnownOnes() {
    assertThat(new TronAddress(key(1).address()).text())
        .isEqualTo("TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HC");
    Map.of(
            "bank", "TKF3AQgA3xVh8sysoBctmLqLeUHShESN4f",
            "alicea", "TG62ZvTvtjFvFeBTmJhkiAKo6dAidh5c1a",
            "boba", "TZCwWg2VB3ikvtBjG4XjLjmC2gacfAjhtP",
            "fresha", "TXEqX8WQ262B3GGXWoSjeYcXqK6MneVv2p",
            "poora", "TJjmpqi6SUJ5Nip8VtmFj2ZZBhX8KwxiuL")
        .forEach((name, text) -> {
          PayAddress address = Recorded.key(name).address();
          assertThat(new TronAddress(address).text()).isEqualTo(text);
          assertThat(TronAddress.parse(text).orElseThrow().account()).isEqualTo(address);
        });
    assertThat(
            TronAddress.parse("TAFjULxiVgT4qWk6UZwjqwZXTSaGaqnVp4").orElseThrow().account().hex())
        .isEqualTo("032017411f4663b317fe77c257d28d5cd1b26e3d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HD",
        "TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2H",
        "1TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HC",
        "TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK20C",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "7e5f4552091a69125d5dfcb7b8c2659029395bdf"
      })
  void otherTextIsNoAddress(String text) {
    assertThat(TronAddress.parse(text)).isEmpty();
    assertThat(TronAddress.parse(text.repeat(9))).isEmpty();
  }

  @Test
  void oneWrongDigitIsFound() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    String digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      PayAddress address = PayAddress.of(bytes);
      String text = new TronAddress(address).text();
      assertThat(TronAddress.parse(text).orElseThrow().account()).isEqualTo(address);
      StringBuilder wrong = new StringBuilder(text);
      int at = random.nextInt(text.length());
      wrong.setCharAt(at, digits.charAt(random.nextInt(digits.length())));
      if (!wrong.toString().equals(text)) {
        assertThat(TronAddress.parse(wrong.toString())).as("seed %d: %s", seed, wrong).isEmpty();
      }
    }
  }

  /** Vectors of BIP 39 (passphrase TREZOR). */
  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
    "legal winner thank year wave sausage worth useful legal winner thank yellow,"
        + "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607",
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong,"
        + "ac27495480225222079d7be181583751e86f571027b0497b5b5d11218e0a8a13332572917f0f8e5a589620c6f15b11c61dee327651a14c34e18231052e48c069"
  })
  void mnemonicsGiveTheKnownSeeds(String words, String seed) {
    assertThat(HexFormat.of().formatHex(Mnemonic.of(words).seed("TREZOR"))).isEqualTo(seed);
    assertThat(Mnemonic.of("  " + words.toUpperCase(java.util.Locale.ROOT) + " ").toString())
        .isEqualTo("a mnemonic");
  }

  @Test
  void wordsThatDoNotBelongTogetherAreRefusedWithoutBeingTold() {
    assertThatThrownBy(() -> Mnemonic.of("abandon ".repeat(12))).hasMessageContaining("belong");
    assertThatThrownBy(() -> Mnemonic.of("secretword ".repeat(12)))
        .hasMessageContaining("word 1")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Mnemonic.of("abandon abandon")).hasMessageContaining("not 2");
    assertThatThrownBy(() -> Mnemonic.of("x".repeat(5_000))).hasMessageContaining("24");
  }

  /** The first vector of BIP 32: m, m/0', m/0'/1. */
  @Test
  void childrenAreTheKnownOnes() {
    HdKey master = HdKey.ofSeed(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    assertThat(secret(master))
        .isEqualTo("e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35");
    HdKey child = master.hardened(0);
    assertThat(secret(child))
        .isEqualTo("edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea");
    assertThat(secret(child.child(1)))
        .isEqualTo("3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368");
    assertThat(HexFormat.of().formatHex(child.child(1).key().publicKey()))
        .isEqualTo("03501e454bf00751f24b1b489aa925215d66af2234e3891c3b21a52bedb3cd711c");
  }

  @Test
  void theFirstAccountIsTheOneThatWalletsShow() {
    HdKey account = HdKey.account(Mnemonic.of(ABANDON).seed(""), 0);
    assertThat(new TronAddress(account.child(0).key().address()).text())
        .isEqualTo("TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH");
    assertThat(account.toString()).doesNotContain(secret(account));
  }

  @Test
  void theListIsThatOfTheStandard() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Mnemonic.class.getResourceAsStream("english.txt"))) {
      assertThat(Hash.sha256(in.readAllBytes()).hex())
          .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }
  }

  private static String secret(HdKey key) {
    return HexFormat.of().formatHex(key.key().secret());
  }
}
