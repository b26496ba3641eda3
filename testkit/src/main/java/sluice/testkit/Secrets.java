package sluice.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets, and a search for them in what a program has said or written, in all forms in which they
 * could be there: bytes, hexadecimal digits (of which sixteen in a row are enough), Base64 wherever
 * it begins, decimal numbers, lists of bytes, and text. One thread.
 */
public final class Secrets {
  private static final int HEX_DIGITS = 16;
  private static final int WORDS = 3;

  /** What is looked for, in small letters, and what it is. */
  private final Map<String, String> forms = new LinkedHashMap<>();

  /** Looks for nothing yet. */
  public Secrets() {
    // Secrets are added one by one.
  }

  /** Also looks for a key. */
  public Secrets key(String name, byte[] key) {
    String hex = HexFormat.of().formatHex(key);
    for (int i = 0; i + HEX_DIGITS <= hex.length(); i++) {
      form(hex.substring(i, i + HEX_DIGITS), name + " in hexadecimal digits");
    }
    form(new BigInteger(1, key).toString(), name + " as a number");
    form(new BigInteger(key).toString(), name + " as a signed number");
    byte[] first = Arrays.copyOf(key, 8);
    String list = Arrays.toString(first);
    form(list.substring(0, list.length() - 1), name + " as a list of bytes");
    bytes(key, name);
    return this;
  }

  /** Also looks for a text, such as a password. */
  public Secrets text(String name, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    form(text, name);
    form(URLEncoder.encode(text, UTF_8), name + " as in a URL");
    form(HexFormat.of().formatHex(utf8), name + " in hexadecimal digits");
    form(Arrays.toString(text.toCharArray()), name + " as a list of characters");
    bytes(utf8, name);
    return this;
  }

  /** Also looks for words, of which three in a row are enough. */
  public Secrets words(String name, String words) {
    String[] each = words.split(" ", -1);
    for (int i = 0; i + WORDS <= each.length; i++) {
      String some = String.join(" ", Arrays.copyOfRange(each, i, i + WORDS));
      form(some, name + ", word " + (i + 1) + " and on");
      form(some.replace(" ", ", "), name + " as a list, word " + (i + 1) + " and on");
    }
    return this;
  }

  private void bytes(byte[] bytes, String name) {
    form(new String(bytes, ISO_8859_1), name + " in bytes");
    form(new String(bytes, UTF_8), name + " in bytes as text");
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      // Digits at the ends also hold bits of what stands beside it.
      int from = shift == 0 ? 0 : shift + 1;
      int to = shifted.length * 8 / 6;
      form(Base64.getEncoder().encodeToString(shifted).substring(from, to), name + " in Base64");
      form(
          Base64.getUrlEncoder().encodeToString(shifted).substring(from, to),
          name + " in Base64 of URLs");
    }
  }

  private void form(String form, String what) {
    forms.putIfAbsent(form.toLowerCase(Locale.ROOT), what);
  }

  /** How many forms are looked for. */
  public int size() {
    return forms.size();
  }

  /** Which secret is in a text; empty if there is none. */
  public Optional<String> in(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return forms.entrySet().stream()
        .filter(form -> small.contains(form.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The same of bytes. */
  public Optional<String> in(byte[] bytes) {
    return in(new String(bytes, ISO_8859_1)).or(() -> in(new String(bytes, UTF_8)));
  }
}
