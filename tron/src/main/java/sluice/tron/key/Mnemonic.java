package sluice.tron.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import sluice.protocol.digest.Hash;

/** A secret as 12 to 24 English words (BIP 39). Its text never holds them. */
public final class Mnemonic {
  private static final int WORDS = 2_048;
  private static final int BITS = 11;
  private static final int ROUNDS = 2_048;
  private static final int SEED_BITS = 512;
  private static final int MAX_TEXT = 1_000;
  private static final List<String> ENGLISH = read();

  private final String sentence;

  private Mnemonic(String sentence) {
    this.sentence = sentence;
  }

  /**
   * The mnemonic of words with blanks between.
   *
   * @throws IllegalArgumentException if they are none; its message says why, and no word
   */
  public static Mnemonic of(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a mnemonic has at most 24 words");
    }
    List<String> words =
        List.of(Normalizer.normalize(text, Normalizer.Form.NFKD).strip().split("\\s+")).stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    if (words.size() < 12 || words.size() > 24 || words.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "a mnemonic has 12, 15, 18, 21 or 24 words, not " + words.size());
    }
    int entropyBits = words.size() * BITS * 32 / 33;
    byte[] entropy = new byte[entropyBits / Byte.SIZE];
    int check = 0;
    for (int i = 0; i < words.size(); i++) {
      int number = Collections.binarySearch(ENGLISH, words.get(i));
      if (number < 0) {
        throw new IllegalArgumentException("word " + (i + 1) + " is not in the list of BIP 39");
      }
      for (int bit = 0; bit < BITS; bit++) {
        int at = i * BITS + bit;
        int value = number >> (BITS - 1 - bit) & 1;
        if (at < entropyBits) {
          entropy[at / Byte.SIZE] |= (byte) (value << (Byte.SIZE - 1 - at % Byte.SIZE));
        } else {
          check = check << 1 | value;
        }
      }
    }
    int checkBits = words.size() * BITS - entropyBits;
    int right = (Hash.sha256(entropy).bytes()[0] & 0xff) >> (Byte.SIZE - checkBits);
    if (right != check) {
      throw new IllegalArgumentException(
          "the words do not belong together: one is wrong, or their order");
    }
    return new Mnemonic(String.join(" ", words));
  }

  /** The seed of 64 bytes; each passphrase, also an empty one, gives another. */
  public byte[] seed(String passphrase) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    String salt = "mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD);
    generator.init(sentence.getBytes(UTF_8), salt.getBytes(UTF_8), ROUNDS);
    return ((KeyParameter) generator.generateDerivedMacParameters(SEED_BITS)).getKey();
  }

  private static List<String> read() {
    try (InputStream in =
        Objects.requireNonNull(Mnemonic.class.getResourceAsStream("english.txt"))) {
      List<String> words = new ArrayList<>(new String(in.readAllBytes(), UTF_8).lines().toList());
      if (words.size() != WORDS) {
        throw new IllegalStateException("the list has " + words.size() + " words");
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "a mnemonic";
  }
}
