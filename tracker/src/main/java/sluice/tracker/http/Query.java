package sluice.tracker.http;

/** Goes over the parameters of a query, in the bytes that were read. One thread. */
final class Query {
  /** By character: the hexadecimal digit, or −1. Whether it is a letter cannot be guessed. */
  private static final byte[] DIGITS = new byte[256];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = i < 0x80 ? (byte) Character.digit(i, 16) : -1;
    }
  }

  private byte[] bytes = {};
  private int next;
  private int end;
  private int nameFrom;
  private int nameTo;
  private int valueFrom;
  private int valueTo;

  /** Starts with the query of {@code head}. */
  void start(Head head) {
    bytes = head.bytes;
    next = Math.min(head.pathTo + 1, head.queryTo);
    end = head.queryTo;
  }

  /** Goes to the next parameter; gives whether there is one. */
  boolean next() {
    if (next >= end) {
      return false;
    }
    nameFrom = next;
    int at = next;
    nameTo = -1;
    while (at < end && bytes[at] != '&' && bytes[at] != ';') {
      if (bytes[at] == '=' && nameTo < 0) {
        nameTo = at;
      }
      at++;
    }
    if (nameTo < 0) {
      nameTo = at;
    }
    valueFrom = Math.min(nameTo + 1, at);
    valueTo = at;
    next = at + 1;
    return true;
  }

  /** Whether the parameter has this name. */
  boolean is(byte[] name) {
    if (nameTo - nameFrom != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (bytes[nameFrom + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the value is this word, unescaped. */
  boolean valueIs(byte[] word) {
    if (valueTo - valueFrom != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[valueFrom + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Puts the value's bytes into {@code out}.
   *
   * @return how many; −1 if there are more, or if an escape is broken
   */
  int unescape(byte[] out) {
    int count = 0;
    for (int at = valueFrom; at < valueTo; at++) {
      int b = bytes[at];
      if (b == '%') {
        if (at + 2 >= valueTo) {
          return -1;
        }
        int high = DIGITS[bytes[at + 1] & 0xff];
        int low = DIGITS[bytes[at + 2] & 0xff];
        if ((high | low) < 0) {
          return -1;
        }
        b = high << 4 | low;
        at += 2;
      } else if (b == '+') {
        b = ' ';
      }
      if (count == out.length) {
        return -1;
      }
      out[count++] = (byte) b;
    }
    return count;
  }

  /**
   * The value as a number. What is too large or negative becomes the nearest that is possible.
   *
   * @param otherwise for what is no number
   */
  long number(long otherwise) {
    int at = valueFrom;
    boolean negative = at < valueTo && bytes[at] == '-';
    if (negative) {
      at++;
    }
    if (at == valueTo) {
      return otherwise;
    }
    long value = 0;
    for (; at < valueTo; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return otherwise;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * value + digit;
    }
    return negative ? -value : value;
  }
}
