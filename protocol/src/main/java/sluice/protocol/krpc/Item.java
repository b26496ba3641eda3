package sluice.protocol.krpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.digest.Hash;

/** A value that is kept in the DHT (BEP 44). */
public sealed interface Item {
  /** Most bytes of a bencoded value. */
  int MAX_VALUE_BYTES = 1_000;

  int MAX_SALT_BYTES = 64;

  /** Depth and size of a value. */
  BencodeLimits VALUE_LIMITS = new BencodeLimits(MAX_VALUE_BYTES, 64, MAX_VALUE_BYTES);

  /** The value, bencoded. */
  BString value();

  /** Where it is kept. */
  NodeId target();

  /**
   * One that never changes: its place is the SHA-1 of the value.
   *
   * @param value bencoded
   */
  record Immutable(BString value) implements Item {
    @Override
    public NodeId target() {
      return NodeId.of(Hash.sha1(value.bytes()));
    }
  }

  /**
   * One that whoever has the private key may change: its place is the SHA-1 of key and salt.
   *
   * @param key public, 32 bytes
   * @param salt tells apart the items of one key; may be empty
   * @param seq the higher is the more recent
   * @param value bencoded
   * @param signature 64 bytes
   */
  record Mutable(BString key, BString salt, long seq, BString value, BString signature)
      implements Item {
    @Override
    public NodeId target() {
      return target(key, salt);
    }

    /** Where items of {@code key} with {@code salt} are. */
    public static NodeId target(BString key, BString salt) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(key.bytes());
      out.writeBytes(salt.bytes());
      return NodeId.of(Hash.sha1(out.toByteArray()));
    }

    /** Whether the owner of the key has signed it. */
    public boolean isSigned() {
      return Ed25519.verify(key.bytes(), signedBytes(salt, seq, value), signature.bytes());
    }

    /** Signs a value with the private key of which {@code seed} is the seed. */
    public static Mutable sign(byte[] seed, BString key, BString salt, long seq, BString value) {
      byte[] signature = Ed25519.sign(seed, signedBytes(salt, seq, value));
      return new Mutable(key, salt, seq, value, BString.of(signature));
    }

    private static byte[] signedBytes(BString salt, long seq, BString value) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (salt.length() > 0) {
        out.writeBytes(ascii("4:salt" + salt.length() + ":"));
        out.writeBytes(salt.bytes());
      }
      out.writeBytes(ascii("3:seqi" + seq + "e1:v"));
      out.writeBytes(value.bytes());
      return out.toByteArray();
    }
  }

  /** Whether {@code value} is one bencoded value of at most 1,000 bytes, in the one right form. */
  static boolean isValue(byte[] value) {
    try {
      BValue parsed = Bencode.parse(value, VALUE_LIMITS);
      return parsed != null;
    } catch (BencodeException e) {
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
