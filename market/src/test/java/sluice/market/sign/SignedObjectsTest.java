package sluice.market.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** The reference vectors of the payment extension, and what must be refused. */
class SignedObjectsTest {
  private static final String ASSET = "tron:0x2b6653dc/trc10:1002000";
  private static final Hash HUB = Keccak.of("example-hub".getBytes(US_ASCII));
  private static final Hash CHANNEL = Keccak.of("example-channel".getBytes(US_ASCII));
  private static final Domain DOMAIN = Domain.of(Domain.TRON_MAINNET, HUB);
  private static final PayKey PAYER = key(0x11);
  private static final PayKey PAYEE = key(0x22);
  private static final PayKey HUB_KEY = key(0x33);
  private static final ChannelCert CERT =
      new ChannelCert(
          CHANNEL,
          PAYER.address(),
          PAYEE.address(),
          ChannelCert.asset(ASSET),
          10_000_000,
          1_700_000_000,
          1_700_604_800,
          86_400);

  static PayKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return PayKey.of(secret).orElseThrow();
  }

  @Test
  void hashesOfTypesAndNames() {
    assertThat(TypedData.typeHash(Domain.TYPE).hex())
        .isEqualTo("a604fff5a27d5951f334ccda7abff3286a8af29caeeb196a6f2b40a1dce7612b");
    assertThat(TypedData.typeHash(Voucher.TYPE).hex())
        .isEqualTo("d3c23f23c0b3fc5e1c44da189e201a7b4152df0dac1bb74e88b08f9ab6dee5d8");
    assertThat(TypedData.typeHash(ChannelCert.TYPE).hex())
        .isEqualTo("249d05760cb89087549b6fda260eec70f49b43cec6eb04a0bf32ccdf5c62a18d");
    assertThat(HUB.hex())
        .isEqualTo("611fa2ae9e1d32b787f79266bb454fd747236c813aeb05b3eefd6c2e095dce2d");
    assertThat(CHANNEL.hex())
        .isEqualTo("66a7f14658ee856901fbd0635f4f3abe69c546e81e777e9879077f937b9580df");
    assertThat(DOMAIN.separator().hex())
        .isEqualTo("c4a98d02957d9b86eeb69e842aa45d866d6fcac841dd5b57f59e407a7b1bc0cf");
    assertThat(CERT.asset().hex())
        .isEqualTo("b2431d250e093459af053538496f2db192afa25cd568bc966d5898bb458383c0");
  }

  @Test
  void addressesOfKeys() {
    assertThat(PAYER.address().hex()).isEqualTo("252dae0a4b9d9b80f504f6418acd2d364c0c59cd");
    assertThat(PAYEE.address().hex()).isEqualTo("138854708d8b603c9b7d4d6e55b6d32d40557f4d");
    assertThat(HUB_KEY.address().hex()).isEqualTo("2b29bea668b044b2b355c370f85b729bcb43ec40");
    assertThat(HUB_KEY.identity().hex())
        .isEqualTo("1e4f34b1cab32e1fdfa68d212b29bea668b044b2b355c370f85b729bcb43ec40");
    assertThat(PAYER.toString()).isEqualTo("key of 252dae0a4b9d9b80f504f6418acd2d364c0c59cd");
  }

  @Test
  void theCertificateIsHashedSignedAndWritten() {
    Hash digest = CERT.digest(DOMAIN);
    assertThat(digest.hex())
        .isEqualTo("ccc9584205134b568d2ea1b03e4cafde298efe44504fbb16210b1735fef81653");
    PaySignature signature = HUB_KEY.sign(digest);
    assertThat(signature)
        .hasToString(
            "8462b0a148811264e4084b33cd14b87fa7f4cf25795b0a039cb984f311048941"
                + "3fecc461fa3d4dfb69b2a1425d9eb4c1aa7702c420121c54880b8643777073e01b");
    assertThat(signature.isBy(HUB_KEY.address(), digest)).isTrue();
    byte[] wire = CERT.encode();
    assertThat(Hash.sha256(wire).hex())
        .isEqualTo("15ba47bc96fbf2157b1b2ab4a8734b3648cba45f87e689da75e57a9ba4c379e0");
    assertThat(ChannelCert.decode(wire)).contains(CERT);
  }

  @Test
  void theVoucherIsHashedAndSigned() {
    Hash digest = new Voucher(CHANNEL, 1_234_567).digest(DOMAIN);
    assertThat(digest.hex())
        .isEqualTo("abf8b310c0d802a1a64d997e2a7c32b62a7a31adce31cd31648cd4d81f5f80f8");
    PaySignature signature = PAYER.sign(digest);
    assertThat(signature)
        .hasToString(
            "9e17c99ae7afee4c228df70a86179ec2ee6c82bdf536e59b6f7d2c4d2e86fba3"
                + "15ffd82d4adb20e7ba0ef60c0bfbe527b57c8732804858d26cc9490a077f0e481b");
    assertThat(PaySignature.of(signature.bytes())).contains(signature);
    assertThat(signature.signer(digest)).contains(PAYER.address());
    assertThat(signature.isBy(PAYEE.address(), digest)).isFalse();
  }

  @Test
  void anotherHubChainChannelOrAmountIsAnotherDigest() {
    Voucher voucher = new Voucher(CHANNEL, 1);
    assertThat(voucher.digest(DOMAIN))
        .isNotEqualTo(voucher.digest(Domain.of(Domain.TRON_NILE, HUB)))
        .isNotEqualTo(voucher.digest(Domain.of(Domain.TRON_MAINNET, CHANNEL)))
        .isNotEqualTo(new Voucher(HUB, 1).digest(DOMAIN))
        .isNotEqualTo(new Voucher(CHANNEL, 2).digest(DOMAIN));
  }

  @Test
  void onlyTheCanonicalSignatureIsTaken() {
    Hash digest = new Voucher(CHANNEL, 7).digest(DOMAIN);
    byte[] good = PAYER.sign(digest).bytes();
    BigInteger s = new BigInteger(1, good, 32, 32);
    byte[] highS = good.clone();
    PaySignature.put(Curve.ORDER.subtract(s), highS, 32);
    highS[64] = (byte) (55 - highS[64]);
    assertThat(PaySignature.of(highS)).as("high s").isEmpty();
    assertThat(PaySignature.of(with(good, 64, 26))).as("v 26").isEmpty();
    assertThat(PaySignature.of(with(good, 64, 0))).as("v 0").isEmpty();
    assertThat(PaySignature.of(Arrays.copyOf(good, 64))).as("short").isEmpty();
    assertThat(PaySignature.of(Arrays.copyOf(good, 66))).as("long").isEmpty();
    byte[] zeroR = good.clone();
    Arrays.fill(zeroR, 0, 32, (byte) 0);
    assertThat(PaySignature.of(zeroR)).as("r 0").isEmpty();
    byte[] bigR = good.clone();
    PaySignature.put(Curve.ORDER, bigR, 0);
    assertThat(PaySignature.of(bigR)).as("r = n").isEmpty();
    byte[] zeroS = good.clone();
    Arrays.fill(zeroS, 32, 64, (byte) 0);
    assertThat(PaySignature.of(zeroS)).as("s 0").isEmpty();
  }

  @Test
  void aFlippedBitIsAnotherSignerOrNone() {
    long seed = 20_261_126;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Hash digest = new Voucher(CHANNEL, random.nextLong(Long.MAX_VALUE)).digest(DOMAIN);
      byte[] bytes = PAYER.sign(digest).bytes();
      int bit = random.nextInt(64 * 8);
      byte[] bad = with(bytes, bit / 8, bytes[bit / 8] ^ 1 << bit % 8);
      assertThat(PaySignature.of(bad).flatMap(sig -> sig.signer(digest)))
          .as("seed %d, bit %d of %s", seed, bit, HexFormat.of().formatHex(bytes))
          .isNotEqualTo(Optional.of(PAYER.address()));
    }
  }

  @Test
  void aCertificateThatDoesNotHoldTogetherIsNone() {
    byte[] wire = CERT.encode();
    assertThat(ChannelCert.decode(Arrays.copyOf(wire, 259))).isEmpty();
    assertThat(ChannelCert.decode(with(wire, 3, 2))).as("version 2").isEmpty();
    assertThat(ChannelCert.decode(with(wire, 36, 1))).as("a long address").isEmpty();
    assertThat(ChannelCert.decode(with(wire, 4 + 4 * 32, 1))).as("deposit 2^248").isEmpty();
    assertThat(ChannelCert.decode(with(wire, 4 + 4 * 32 + 24, 0x80))).as("2^63").isEmpty();
    assertThat(ChannelCert.decode(with(wire, 4 + 5 * 32 + 24, 1))).as("ends before").isEmpty();
    byte[] endless = wire.clone();
    Arrays.fill(endless, 4 + 7 * 32 + 25, wire.length, (byte) 0xff);
    assertThat(ChannelCert.decode(with(endless, 4 + 7 * 32 + 24, 0x7f))).as("grace").isEmpty();
  }

  @Test
  void noSecretKeyOutOfRange() {
    byte[] order = new byte[32];
    PaySignature.put(Curve.ORDER, order, 0);
    assertThat(PayKey.of(order)).isEmpty();
    assertThat(PayKey.of(new byte[32])).isEmpty();
    assertThat(PayKey.of(new byte[] {1})).isEmpty();
    assertThat(key(5).secret()).endsWith(0, 5).hasSize(32);
  }

  @Test
  void noProviderIsInstalled() {
    assertThat(key(9).sign(HUB).isBy(key(9).address(), HUB)).isTrue();
    assertThat(Security.getProviders()).extracting(Provider::getName).doesNotContain("BC");
    assertThat(Security.getProviders()[0].getName()).isEqualTo("SUN");
  }

  private static byte[] with(byte[] bytes, int index, int value) {
    byte[] copy = bytes.clone();
    copy[index] = (byte) value;
    return copy;
  }
}
