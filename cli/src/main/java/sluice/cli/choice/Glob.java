package sluice.cli.choice;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of a path: {@code ?} is one character and {@code *} any number of them within one
 * element, {@code **} any number of all; capitals do not matter. A pattern that ends with a slash
 * is everything in that folder. It takes time in proportion to its length and that of the path.
 */
final class Glob {
  private final List<Token> tokens = new ArrayList<>();

  /** One step of the pattern. */
  private sealed interface Token {
    record Literal(int character) implements Token {}

    record AnyOne() implements Token {}

    /** {@code across}: beyond slashes, too. */
    record AnyMany(boolean across) implements Token {}
  }

  Glob(String pattern) {
    String whole = pattern.endsWith("/") ? pattern + "**" : pattern;
    for (int i = 0; i < whole.length(); ) {
      int c = whole.codePointAt(i);
      boolean twice = whole.startsWith("**", i);
      tokens.add(
          switch (c) {
            case '?' -> new Token.AnyOne();
            case '*' -> new Token.AnyMany(twice);
            default -> new Token.Literal(folded(c));
          });
      i += twice ? 2 : Character.charCount(c);
    }
  }

  /** Whether all of {@code path}, whose elements slashes divide, is as the pattern says. */
  boolean matches(String path) {
    BitSet reached = new BitSet();
    reach(reached, 0);
    for (int i = 0; i < path.length(); i += Character.charCount(path.codePointAt(i))) {
      reached = after(reached, folded(path.codePointAt(i)));
    }
    return reached.get(tokens.size());
  }

  /** The places in the pattern that are reached by {@code character} from {@code before}. */
  private BitSet after(BitSet before, int character) {
    BitSet reached = new BitSet();
    for (int at = before.nextSetBit(0); at >= 0 && at < tokens.size(); ) {
      switch (tokens.get(at)) {
        case Token.Literal(int c) when c == character -> reach(reached, at + 1);
        case Token.Literal other -> {}
        case Token.AnyOne one when character != '/' -> reach(reached, at + 1);
        case Token.AnyOne slash -> {}
        case Token.AnyMany(boolean across) when across || character != '/' -> reach(reached, at);
        case Token.AnyMany slash -> {}
      }
      at = before.nextSetBit(at + 1);
    }
    return reached;
  }

  /** Adds a place, and those behind it that no character is needed for. */
  private void reach(BitSet reached, int place) {
    int at = place;
    reached.set(at);
    while (at < tokens.size() && tokens.get(at) instanceof Token.AnyMany) {
      reached.set(++at);
    }
  }

  private static int folded(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
