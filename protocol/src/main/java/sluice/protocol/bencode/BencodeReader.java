package sluice.protocol.bencode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value without recursion. Finished values wait on a stack until the container that they
 * belong to ends and takes them off in one array of the right size. One use, one thread.
 */
final class BencodeReader {
  private final byte[] in;
  private final BencodeLimits limits;
  private final boolean strict;
  private final List<Bencode.SoftError> softErrors = new ArrayList<>();
  private int at;
  private int tokens;

  /** Finished values of open containers, with their bounds in {@code in}. */
  private @Nullable BValue[] stack = new BValue[16];

  private int[] bounds = new int[32];
  private int top;

  /** Open containers: where their values start on the stack and in the input. */
  private int[] frameBase = new int[8];

  private int[] frameStart = new int[8];
  private int depth;

  BencodeReader(byte[] in, BencodeLimits limits, boolean strict) {
    this.in = in;
    this.limits = limits;
    this.strict = strict;
  }

  int position() {
    return at;
  }

  List<Bencode.SoftError> softErrors() {
    return List.copyOf(softErrors);
  }

  void soft(String message, int offset) throws BencodeException {
    if (strict) {
      throw new BencodeException(message, offset);
    }
    if (softErrors.size() < Bencode.MAX_SOFT_ERRORS) {
      softErrors.add(new Bencode.SoftError(message, offset));
    }
  }

  /** Reads the next value. */
  BValue read() throws BencodeException {
    top = 0;
    if (in.length > limits.bytes()) {
      throw new BencodeException("more than " + limits.bytes() + " bytes", limits.bytes());
    }
    do {
      step();
    } while (depth > 0);
    return finished(0);
  }

  private BValue finished(int slot) {
    return Objects.requireNonNull(stack[slot]);
  }

  /** Reads one scalar, or the opening or the end of a container. */
  private void step() throws BencodeException {
    int start = at;
    byte b = peek();
    if (b == 'e' && depth > 0) {
      at++;
      close();
      return;
    }
    if (++tokens > limits.tokens()) {
      throw new BencodeException("more than " + limits.tokens() + " values", start);
    }
    if (b >= '0' && b <= '9') {
      BString string = string();
      if (expectsKey()) {
        checkOrder(string, start);
      }
      push(string, start);
    } else if (expectsKey()) {
      throw new BencodeException("a key must be a string", start);
    } else if (b == 'i') {
      push(integer(), start);
    } else if (b == 'l' || b == 'd') {
      open(start);
    } else {
      throw new BencodeException("not a value", start);
    }
  }

  private byte peek() throws BencodeException {
    if (at >= in.length) {
      throw new BencodeException("unexpected end", at);
    }
    return in[at];
  }

  private boolean inDictionary() {
    return depth > 0 && in[frameStart[depth - 1]] == 'd';
  }

  private boolean expectsKey() {
    return inDictionary() && ((top - frameBase[depth - 1]) & 1) == 0;
  }

  private void checkOrder(BString key, int start) throws BencodeException {
    if (top - frameBase[depth - 1] < 2 || !(stack[top - 2] instanceof BString previous)) {
      return;
    }
    int order = previous.compareTo(key);
    if (order == 0) {
      soft("duplicate key", start);
    } else if (order > 0) {
      soft("keys are not sorted", start);
    }
  }

  private void open(int start) throws BencodeException {
    if (depth == limits.depth()) {
      throw new BencodeException("nested deeper than " + limits.depth(), start);
    }
    if (depth == frameBase.length) {
      frameBase = Arrays.copyOf(frameBase, 2 * depth);
      frameStart = Arrays.copyOf(frameStart, 2 * depth);
    }
    frameBase[depth] = top;
    frameStart[depth] = start;
    depth++;
    at++;
  }

  private void close() throws BencodeException {
    if (inDictionary() && !expectsKey()) {
      throw new BencodeException("key without value", at - 1);
    }
    boolean dictionary = inDictionary();
    depth--;
    int base = frameBase[depth];
    BValue value = dictionary ? dictionary(base) : list(base);
    Arrays.fill(stack, base, top, null);
    top = base;
    push(value, frameStart[depth]);
  }

  private BList list(int base) {
    if (base == top) {
      return BList.EMPTY;
    }
    return new BList(List.of(Arrays.copyOfRange(stack, base, top, BValue[].class)));
  }

  private BDictionary dictionary(int base) {
    int size = (top - base) / 2;
    if (size == 0) {
      return BDictionary.EMPTY;
    }
    BString[] keys = new BString[size];
    BValue[] values = new BValue[size];
    int[] ends = new int[2 * size];
    for (int i = 0; i < size; i++) {
      int slot = base + 2 * i;
      keys[i] = (BString) finished(slot);
      values[i] = finished(slot + 1);
      ends[2 * i] = bounds[2 * slot + 2];
      ends[2 * i + 1] = bounds[2 * slot + 3];
    }
    return new BDictionary(keys, values, in, ends);
  }

  private void push(BValue value, int start) {
    if (top == stack.length) {
      stack = Arrays.copyOf(stack, 2 * top);
      bounds = Arrays.copyOf(bounds, 4 * top);
    }
    bounds[2 * top] = start;
    bounds[2 * top + 1] = at;
    stack[top++] = value;
  }

  private BString string() throws BencodeException {
    int start = at;
    long length = 0;
    byte b = peek();
    while (b >= '0' && b <= '9') {
      length = length * 10 + (b - '0');
      if (length > in.length) {
        throw new BencodeException("string longer than the input", start);
      }
      at++;
      b = peek();
    }
    if (b != ':') {
      throw new BencodeException("bad string length", at);
    }
    if (in[start] == '0' && at - start > 1) {
      soft("leading zero in a string length", start);
    }
    at++;
    if (length > in.length - at) {
      throw new BencodeException("string longer than the input", start);
    }
    int from = at;
    at += (int) length;
    return new BString(in, from, at);
  }

  private BInteger integer() throws BencodeException {
    int start = at++;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int first = at;
    long value = 0;
    byte b = peek();
    while (b >= '0' && b <= '9') {
      int digit = b - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw new BencodeException("integer of more than 64 bits", start);
      }
      value = value * 10 - digit;
      at++;
      b = peek();
    }
    if (b != 'e' || at == first) {
      throw new BencodeException("bad integer", at);
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw new BencodeException("integer of more than 64 bits", start);
    }
    if (in[first] == '0' && (negative || at - first > 1)) {
      soft("leading or negative zero in an integer", start);
    }
    at++;
    return new BInteger(negative ? value : -value);
  }
}
