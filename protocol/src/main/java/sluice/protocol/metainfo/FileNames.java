package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Maps names from torrents to names that are safe below a folder: never a separator, never {@code
 * .} or {@code ..}, no control or direction characters, no device of Windows, at most {@value
 * #MAX_BYTES} bytes. Pure.
 */
final class FileNames {
  /** Longest element in bytes of UTF-8; file systems take 255 and a suffix must fit. */
  static final int MAX_BYTES = 240;

  /** Longest extension that is kept when a name is cut, dot included. */
  private static final int MAX_EXTENSION_BYTES = 32;

  private FileNames() {}

  /** The safe form of one element; empty for {@code .} and {@code ..}, which name no file. */
  static Optional<String> safe(String raw) {
    String name = isPlain(raw) ? raw : replaced(raw);
    if (name.equals(".") || name.equals("..")) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      return Optional.of("_");
    }
    if (name.length() >= 2 && name.charAt(1) == ':' && isAsciiLetter(name.charAt(0))) {
      name = name.charAt(0) + "_" + name.substring(2);
    }
    if (isDevice(name)) {
      name = "_" + name;
    }
    return Optional.of(cut(name));
  }

  /** The form in which two names that are one on some file system are equal: NFC, case folded. */
  static String folded(String name) {
    boolean changes = false;
    for (int i = 0; i < name.length() && !changes; i++) {
      char c = name.charAt(i);
      changes = c >= 0x80 || (c >= 'A' && c <= 'Z');
    }
    if (!changes) {
      return name;
    }
    String upper = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** {@code name} with {@code .number} before its extension. */
  static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return dot <= 0
        ? name + "." + number
        : name.substring(0, dot) + "." + number + name.substring(dot);
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || c == '/' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String replaced(String raw) {
    StringBuilder name = new StringBuilder(raw.length());
    raw.codePoints()
        .filter(c -> c != '/' && c != '\\')
        .forEach(c -> name.appendCodePoint(isUnsafe(c) ? '_' : c));
    return name.toString();
  }

  /** Characters that garble a terminal, a page or a name; U+FFFD stands for malformed UTF-8. */
  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> c == 0xFFFD || isDirection(c);
    };
  }

  private static boolean isDirection(int c) {
    return c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether Windows takes the name for a device, whatever its extension. */
  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    if (base.length() > 7) {
      return false;
    }
    String upper = base.strip().toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" -> true;
      default ->
          upper.length() == 4
              && (upper.startsWith("COM") || upper.startsWith("LPT"))
              && "0123456789\u00B9\u00B2\u00B3".indexOf(upper.charAt(3)) >= 0;
    };
  }

  private static String cut(String name) {
    if (name.length() * 3 <= MAX_BYTES || name.getBytes(UTF_8).length <= MAX_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot <= 0 ? "" : name.substring(dot);
    int extensionBytes = extension.getBytes(UTF_8).length;
    if (extensionBytes > MAX_EXTENSION_BYTES) {
      extension = "";
      extensionBytes = 0;
    }
    int end = 0;
    int room = MAX_BYTES - extensionBytes;
    while (true) {
      int c = name.codePointAt(end);
      room -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4;
      if (room < 0) {
        return name.substring(0, end) + extension;
      }
      end += Character.charCount(c);
    }
  }
}
