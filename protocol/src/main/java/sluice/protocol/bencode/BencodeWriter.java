package sluice.protocol.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes the canonical form without recursion. One use, one thread. */
final class BencodeWriter {
  private byte[] out = new byte[256];
  private int size;

  /** What is still to be written, the next on top. */
  private final Deque<Object> todo = new ArrayDeque<>();

  /** Marks the end of a container on the stack. */
  private static final Object END = new Object();

  private BencodeWriter() {}

  static byte[] write(BValue value) {
    BencodeWriter writer = new BencodeWriter();
    writer.todo.push(value);
    while (!writer.todo.isEmpty()) {
      writer.step(writer.todo.pop());
    }
    return Arrays.copyOf(writer.out, writer.size);
  }

  private void step(Object next) {
    if (!(next instanceof BValue value)) {
      put('e');
      return;
    }
    switch (value) {
      case BInteger(long number) -> text("i" + number + "e");
      case BString string -> string(string);
      case BList list -> {
        put('l');
        todo.push(END);
        list.items().reversed().forEach(todo::push);
      }
      case BDictionary dictionary -> dictionary(dictionary);
    }
  }

  private void dictionary(BDictionary dictionary) {
    Integer[] order = new Integer[dictionary.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> dictionary.key(b).compareTo(dictionary.key(a)));
    put('d');
    todo.push(END);
    for (int i : order) {
      todo.push(dictionary.value(i));
      todo.push(dictionary.key(i));
    }
  }

  private void string(BString string) {
    text(string.length() + ":");
    room(string.length());
    string.copyTo(out, size);
    size += string.length();
  }

  private void text(String ascii) {
    byte[] bytes = ascii.getBytes(US_ASCII);
    room(bytes.length);
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
  }

  private void put(char c) {
    room(1);
    out[size++] = (byte) c;
  }

  private void room(int more) {
    int need = Math.addExact(size, more);
    if (need > out.length) {
      out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(need, 2L * size)));
    }
  }
}
