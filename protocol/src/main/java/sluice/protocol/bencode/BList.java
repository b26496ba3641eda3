package sluice.protocol.bencode;

import java.util.List;

/** A bencoded list. */
public record BList(List<BValue> items) implements BValue {
  static final BList EMPTY = new BList(List.of());

  public BList {
    items = List.copyOf(items);
  }

  /** A list of {@code items}. */
  public static BList of(BValue... items) {
    return new BList(List.of(items));
  }
}
