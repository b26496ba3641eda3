package sluice.cli.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.protocol.krpc.Ed25519;

/**
 * A key for items of the DHT that change: in its file, which only its owner may read, are 128
 * hexadecimal digits, the private key (its seed) and the public one.
 */
public final class KeyFile {
  private static final int DIGITS = 128;

  private final byte[] seed;
  private final byte[] publicKey;

  private KeyFile(byte[] seed, byte[] publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /** The seed of the private key. */
  public byte[] seed() {
    return seed.clone();
  }

  /** The public key. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The key in {@code file}; a new one if there is no such file. */
  public static KeyFile of(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9a-f]{" + DIGITS + "}")) {
      throw new Problem(ExitCode.INVALID, file + " is not a key: it has not 128 digits");
    }
    byte[] both = HexFormat.of().parseHex(text);
    byte[] seed = Arrays.copyOf(both, Ed25519.SEED_BYTES);
    byte[] key = Arrays.copyOfRange(both, Ed25519.SEED_BYTES, both.length);
    if (!Ed25519.verify(key, key, Ed25519.sign(seed, key))) {
      throw new Problem(
          ExitCode.INVALID, file + " is not a key: its halves do not belong together");
    }
    return new KeyFile(seed, key);
  }

  private static void make(Path file) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      String text =
          HexFormat.of().formatHex(Ed25519.rawSeed(pair.getPrivate().getEncoded()))
              + HexFormat.of().formatHex(Ed25519.rawPublic(pair.getPublic().getEncoded()));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks Ed25519", e);
    }
  }
}
