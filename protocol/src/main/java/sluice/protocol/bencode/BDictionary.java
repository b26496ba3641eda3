package sluice.protocol.bencode;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bencoded dictionary in the order of the input. A dictionary that was read keeps the raw bytes
 * of its values; of equal keys (lenient reader only) the first counts.
 */
public final class BDictionary implements BValue {
  static final BDictionary EMPTY =
      new BDictionary(new BString[0], new BValue[0], new byte[0], new int[0]);

  private final BString[] keys;
  private final BValue[] values;

  /** What was read, or null for a dictionary that was built. */
  private final byte @Nullable [] source;

  /** Value {@code i} lies in {@code source} from {@code bounds[2i]} to {@code bounds[2i + 1]}. */
  private final int[] bounds;

  BDictionary(BString[] keys, BValue[] values, byte @Nullable [] source, int[] bounds) {
    this.keys = keys;
    this.values = values;
    this.source = source;
    this.bounds = bounds;
  }

  /** Starts a dictionary; keys are sorted by {@link Builder#build}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of entries. */
  public int size() {
    return keys.length;
  }

  /** Key {@code index}, in the order of the input. */
  public BString key(int index) {
    return keys[index];
  }

  /** Value {@code index}, in the order of the input. */
  public BValue value(int index) {
    return values[index];
  }

  /** The value under {@code key}, which is ASCII. A scan: cheap for the few keys of a protocol. */
  public Optional<BValue> get(String key) {
    int i = indexOf(key);
    return i < 0 ? Optional.empty() : Optional.of(values[i]);
  }

  /** The integer under {@code key}; empty if there is none or it is something else. */
  public OptionalLong integer(String key) {
    int i = indexOf(key);
    return i >= 0 && values[i] instanceof BInteger(long value)
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /** The byte string under {@code key}; empty if there is none or it is something else. */
  public Optional<BString> string(String key) {
    int i = indexOf(key);
    return i >= 0 && values[i] instanceof BString s ? Optional.of(s) : Optional.empty();
  }

  /** The list under {@code key}; empty if there is none or it is something else. */
  public Optional<BList> list(String key) {
    int i = indexOf(key);
    return i >= 0 && values[i] instanceof BList l ? Optional.of(l) : Optional.empty();
  }

  /** The dictionary under {@code key}; empty if there is none or it is something else. */
  public Optional<BDictionary> dictionary(String key) {
    int i = indexOf(key);
    return i >= 0 && values[i] instanceof BDictionary d ? Optional.of(d) : Optional.empty();
  }

  /** A copy of the raw bytes of the value under {@code key}: as received, or as written. */
  public Optional<byte[]> raw(String key) {
    int i = indexOf(key);
    if (i < 0) {
      return Optional.empty();
    }
    return source == null
        ? Optional.of(Bencode.write(values[i]))
        : Optional.of(Arrays.copyOfRange(source, bounds[2 * i], bounds[2 * i + 1]));
  }

  private int indexOf(String key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].is(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BDictionary that
        && Arrays.equals(keys, that.keys)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "dictionary of " + Arrays.toString(keys);
  }

  /** Collects entries and sorts them by key. One thread. */
  public static final class Builder {
    private final TreeMap<BString, BValue> entries = new TreeMap<>();

    private Builder() {}

    /** Adds an entry; a second one with the same key is a bug of the caller. */
    public Builder put(BString key, BValue value) {
      if (entries.putIfAbsent(key, value) != null) {
        throw new IllegalArgumentException("duplicate key " + key);
      }
      return this;
    }

    /** Adds an entry. */
    public Builder put(String key, BValue value) {
      return put(BString.of(key), value);
    }

    /** Adds an integer. */
    public Builder put(String key, long value) {
      return put(key, new BInteger(value));
    }

    /** Adds a text in UTF-8. */
    public Builder put(String key, String value) {
      return put(key, BString.of(value));
    }

    /** Adds a byte string. */
    public Builder put(String key, byte[] value) {
      return put(key, BString.of(value));
    }

    /** The dictionary. */
    public BDictionary build() {
      BString[] keys = new BString[entries.size()];
      BValue[] values = new BValue[entries.size()];
      int n = 0;
      for (Map.Entry<BString, BValue> entry : entries.entrySet()) {
        keys[n] = entry.getKey();
        values[n++] = entry.getValue();
      }
      return new BDictionary(keys, values, null, new int[0]);
    }
  }
}
