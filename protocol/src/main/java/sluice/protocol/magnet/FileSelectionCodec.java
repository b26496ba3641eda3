package sluice.protocol.magnet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The {@code so} parameter (BEP 53): file indexes and ranges, such as {@code 0,2,4-6}. Parts that
 * make no sense are left out. Pure.
 */
final class FileSelectionCodec {
  /** Indexes from here on are left out; a torrent file of 10 MB cannot list more files. */
  static final int MAX_FILES = 1 << 18;

  private FileSelectionCodec() {}

  /** Adds the indexes that {@code text} names to {@code selection}. */
  static void decode(String text, BitSet selection) {
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      int from = index(dash < 0 ? part : part.substring(0, dash));
      int to = dash < 0 ? from : index(part.substring(dash + 1));
      if (from >= 0 && to >= from && from < MAX_FILES) {
        selection.set(from, Math.min(to, MAX_FILES - 1) + 1);
      }
    }
  }

  /** The shortest form of ascending {@code indexes}. */
  static String encode(List<Integer> indexes) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      int from = indexes.get(i);
      int to = from;
      while (i + 1 < indexes.size() && indexes.get(i + 1) == to + 1) {
        to = indexes.get(++i);
      }
      parts.add(to == from ? Integer.toString(from) : from + "-" + to);
    }
    return String.join(",", parts);
  }

  /** A number of ASCII digits, at most {@link #MAX_FILES}; -1 for anything else. */
  private static int index(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = Math.min(MAX_FILES, value * 10 + (c - '0'));
    }
    return digits.isEmpty() ? -1 : value;
  }
}
