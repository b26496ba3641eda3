package sluice.state.record;

import java.util.Arrays;

/** A field of a record that this version does not know and keeps. Immutable. */
public final class RawField {
  private final int tag;
  private final byte[] bytes;

  RawField(int tag, byte[] owned) {
    this.tag = tag;
    bytes = owned;
  }

  /** The field's number. */
  public int tag() {
    return tag;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawField that && tag == that.tag && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "field " + tag + " of " + bytes.length + " bytes";
  }
}
