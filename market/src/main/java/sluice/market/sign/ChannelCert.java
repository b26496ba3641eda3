package sluice.market.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * What a hub certifies of a channel: a payee that knows the hub's address accepts vouchers on it
 * without asking anybody.
 *
 * @param channel name of the channel, 32 bytes
 * @param payerKey who signs its vouchers; a key of this channel alone
 * @param payee who is paid; an alias of the payee's account
 * @param asset hash of the asset's id, from {@link #asset}
 * @param deposit micro-units that the hub has locked
 * @param openedAt seconds of Unix time
 * @param expiresAt seconds of Unix time; the payee need not take vouchers afterwards
 * @param graceSeconds how long after the end the hub still redeems
 */
public record ChannelCert(
    Hash channel,
    PayAddress payerKey,
    PayAddress payee,
    Hash asset,
    long deposit,
    long openedAt,
    long expiresAt,
    long graceSeconds) {

  /** Length on the wire: a version of 4 bytes and 8 words. */
  public static final int BYTES = 260;

  static final String TYPE =
      "ChannelCert(bytes32 channel,address payerKey,address payee,bytes32 asset,uint256 deposit,"
          + "uint64 openedAt,uint64 expiresAt,uint64 graceSeconds)";
  private static final int VERSION = 1;
  private static final int WORD = 32;

  public ChannelCert {
    if (channel.length() != Hash.SHA256_BYTES || asset.length() != Hash.SHA256_BYTES) {
      throw new IllegalArgumentException("a channel and an asset have 32 bytes");
    }
    if (deposit < 0 || openedAt < 0 || expiresAt < openedAt || graceSeconds < 0) {
      throw new IllegalArgumentException("certificate of " + deposit + " until " + expiresAt);
    }
    Math.addExact(expiresAt, graceSeconds);
  }

  /** The hash of an asset's id. */
  public static Hash asset(String id) {
    return Keccak.of(id.getBytes(UTF_8));
  }

  /** What the hub signs. */
  public Hash digest(Domain domain) {
    return words(new TypedData(TYPE)).digest(domain.separator());
  }

  /** Until when vouchers can be redeemed, in seconds of Unix time. */
  public long redeemableUntil() {
    return expiresAt + graceSeconds;
  }

  /** The wire form. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES).putInt(VERSION).put(words(new TypedData()).encoded()).array();
  }

  /** The certificate of a wire form; empty if the bytes are none. */
  public static Optional<ChannelCert> decode(byte[] bytes) {
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt() != VERSION) {
      return Optional.empty();
    }
    Hash channel = word(in);
    Hash payerKey = word(in);
    Hash payee = word(in);
    Hash asset = word(in);
    long deposit = number(word(in));
    long openedAt = number(word(in));
    long expiresAt = number(word(in));
    long grace = number(word(in));
    boolean sound =
        isAddress(payerKey)
            && isAddress(payee)
            && deposit >= 0
            && openedAt >= 0
            && expiresAt >= openedAt
            && grace >= 0
            && grace <= Long.MAX_VALUE - expiresAt;
    return sound
        ? Optional.of(
            new ChannelCert(
                channel,
                address(payerKey),
                address(payee),
                asset,
                deposit,
                openedAt,
                expiresAt,
                grace))
        : Optional.empty();
  }

  private TypedData words(TypedData data) {
    return data.bytes32(channel)
        .address(payerKey)
        .address(payee)
        .bytes32(asset)
        .uint(deposit)
        .uint(openedAt)
        .uint(expiresAt)
        .uint(graceSeconds);
  }

  private static Hash word(ByteBuffer in) {
    byte[] word = new byte[WORD];
    in.get(word);
    return Hash.of(word);
  }

  /** The value of a word, or -1 if it does not fit into 63 bits. */
  private static long number(Hash word) {
    byte[] bytes = word.bytes();
    boolean fits = isZero(bytes, WORD - Long.BYTES);
    return fits ? Math.max(-1, ByteBuffer.wrap(bytes).getLong(WORD - Long.BYTES)) : -1;
  }

  private static boolean isAddress(Hash word) {
    return isZero(word.bytes(), WORD - PayAddress.BYTES);
  }

  private static boolean isZero(byte[] bytes, int length) {
    return Arrays.equals(bytes, 0, length, new byte[length], 0, length);
  }

  private static PayAddress address(Hash word) {
    return PayAddress.of(Arrays.copyOfRange(word.bytes(), WORD - PayAddress.BYTES, WORD));
  }
}
