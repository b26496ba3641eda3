package sluice.ledger.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A file with one private key, which a password opens; only its owner may read it. */
public final class Keystore {
  private static final int MAX_BYTES = 4_096;
  private static final int VERSION = 1;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path file;
  private final Sealed sealed;

  private Keystore(Path file, Sealed sealed) {
    this.file = file;
    this.sealed = sealed;
  }

  /** A key by chance. */
  public static PayKey newKey() {
    while (true) {
      Optional<PayKey> key = PayKey.of(random(32));
      if (key.isPresent()) {
        return key.get();
      }
    }
  }

  /**
   * Writes a key to a file that must not exist, and syncs it.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is such a file: a key is never
   *     overwritten
   */
  public static Keystore create(Path file, PayKey key, char[] password) throws IOException {
    return create(file, key, password, Sealed.COST);
  }

  /**
   * The same with another cost of guessing the password: scrypt's N, a power of two from 2^14 to
   * 2^20.
   */
  public static Keystore create(Path file, PayKey key, char[] password, int cost)
      throws IOException {
    byte[] secret = key.secret();
    byte[] utf8 = utf8(password);
    Sealed sealed =
        Sealed.seal(
            key.address(),
            secret,
            utf8,
            cost,
            random(Sealed.SALT_BYTES),
            random(Sealed.NONCE_BYTES));
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(utf8, (byte) 0);
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap(json(sealed).getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return new Keystore(file, sealed);
  }

  /** Reads a file; the key stays closed. */
  public static Keystore read(Path file) throws IOException, KeystoreException {
    if (Files.size(file) > MAX_BYTES) {
      throw new KeystoreException(file + " is no keystore: it is too long");
    }
    try {
      return new Keystore(file, sealed(MAPPER.readTree(Files.readAllBytes(file))));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new KeystoreException(file + " is no keystore, or damaged: " + e.getMessage());
    }
  }

  /** The address of the key. */
  public PayAddress address() {
    return sealed.address();
  }

  /**
   * Opens the key.
   *
   * @throws KeystoreException when the password is wrong
   */
  public PayKey open(char[] password) throws KeystoreException {
    byte[] utf8 = utf8(password);
    Optional<byte[]> secret = sealed.open(utf8);
    Arrays.fill(utf8, (byte) 0);
    Optional<PayKey> key = secret.flatMap(PayKey::of);
    secret.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    if (key.isEmpty()) {
      throw new KeystoreException("the password does not open " + file);
    } else if (!key.get().address().equals(sealed.address())) {
      throw new KeystoreException(file + " holds another key than it says");
    }
    return key.get();
  }

  private static String json(Sealed sealed) {
    return MAPPER
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("version", VERSION)
                    .put("address", sealed.address().hex())
                    .put("kdf", "scrypt")
                    .put("n", sealed.cost())
                    .put("salt", hex(sealed.salt()))
                    .put("cipher", "aes-256-gcm")
                    .put("nonce", hex(sealed.nonce()))
                    .put("key", hex(sealed.cipherText())))
        + "\n";
  }

  private static Sealed sealed(JsonNode root) {
    require(root.path("version").asInt(0) == VERSION, "its version is not known");
    require(root.path("kdf").asString("").equals("scrypt"), "its kdf is not known");
    require(root.path("cipher").asString("").equals("aes-256-gcm"), "its cipher is not known");
    int cost = root.path("n").asInt(0);
    require(
        cost >= Sealed.MIN_COST && cost <= Sealed.MAX_COST && Integer.bitCount(cost) == 1,
        "n is not a power of two between 2^14 and 2^20");
    return new Sealed(
        PayAddress.of(bytes(root, "address", PayAddress.BYTES).bytes()),
        cost,
        bytes(root, "salt", Sealed.SALT_BYTES),
        bytes(root, "nonce", Sealed.NONCE_BYTES),
        bytes(root, "key", Sealed.CIPHER_BYTES));
  }

  private static BString bytes(JsonNode root, String name, int length) {
    byte[] bytes = HexFormat.of().parseHex(root.path(name).asString(""));
    require(bytes.length == length, name + " has not " + length + " bytes");
    return BString.of(bytes);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static String hex(BString bytes) {
    return HexFormat.of().formatHex(bytes.bytes());
  }

  private static byte[] utf8(char[] password) {
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "keystore of " + sealed.address();
  }
}
