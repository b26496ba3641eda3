package sluice.tron.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import sluice.market.sign.PayKey;

/** A private key from which others are derived (BIP 32). Its text holds no secret. */
public final class HdKey {
  private static final int HARDENED = 0x8000_0000;
  private static final int HALF = 32;
  private static final int PURPOSE = 44;

  /** TRON among the coins of BIP 44 (SLIP 44). */
  private static final int COIN = 195;

  private final PayKey key;
  private final byte[] chain;

  private HdKey(PayKey key, byte[] chain) {
    this.key = key;
    this.chain = chain;
  }

  /** The master key of a seed of 16 to 64 bytes. */
  public static HdKey ofSeed(byte[] seed) {
    if (seed.length < 16 || seed.length > 64) {
      throw new IllegalArgumentException("a seed of " + seed.length + " bytes");
    }
    byte[] mac = hmac("Bitcoin seed".getBytes(US_ASCII), seed);
    return new HdKey(
        PayKey.of(Arrays.copyOf(mac, HALF)).orElseThrow(),
        Arrays.copyOfRange(mac, HALF, mac.length));
  }

  /** The account {@code m/44'/195'/account'/0}, whose children are addresses (BIP 44). */
  public static HdKey account(byte[] seed, int account) {
    return ofSeed(seed).hardened(PURPOSE).hardened(COIN).hardened(account).child(0);
  }

  /** The child {@code number'}. */
  public HdKey hardened(int number) {
    byte[] data = new byte[1 + HALF];
    System.arraycopy(key.secret(), 0, data, 1, HALF);
    return derive(data, check(number) | HARDENED);
  }

  /** The child {@code number}. */
  public HdKey child(int number) {
    return derive(key.publicKey(), check(number));
  }

  private static int check(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a child " + number);
    }
    return number;
  }

  private HdKey derive(byte[] data, int number) {
    byte[] input = ByteBuffer.allocate(data.length + 4).put(data).putInt(number).array();
    byte[] mac = hmac(chain, input);
    // Of 2^127 numbers one has no key; BIP 32 has the caller take the next number then.
    PayKey child =
        key.plus(Arrays.copyOf(mac, HALF))
            .orElseThrow(() -> new IllegalArgumentException("no child of this number"));
    return new HdKey(child, Arrays.copyOfRange(mac, HALF, mac.length));
  }

  /** The key itself. */
  public PayKey key() {
    return key;
  }

  private static byte[] hmac(byte[] secret, byte[] data) {
    HMac mac = new HMac(new SHA512Digest());
    mac.init(new KeyParameter(secret));
    mac.update(data, 0, data.length);
    byte[] out = new byte[mac.getMacSize()];
    mac.doFinal(out, 0);
    return out;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
