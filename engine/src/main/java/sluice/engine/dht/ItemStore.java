package sluice.engine.dht;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.KrpcError;
import sluice.protocol.krpc.NodeId;

/** The items that others have put at us (BEP 44), for a while. Loop only. */
final class ItemStore {
  /** Most items, of about 1.2 kB each; the one that was put the longest ago goes first. */
  static final int MAX_ITEMS = 1_000;

  /** An item that is not put again is forgotten after this (BEP 44). */
  static final long EXPIRY_NANOS = 2 * 3_600_000_000_000L;

  private final Map<NodeId, Kept> items = new LinkedHashMap<>();

  private record Kept(Item item, long sinceNanos) {}

  int size() {
    return items.size();
  }

  Optional<Item> find(NodeId target, long now) {
    return Optional.ofNullable(items.get(target))
        .filter(kept -> now - kept.sinceNanos < EXPIRY_NANOS)
        .map(Kept::item);
  }

  /** Stores an item, whose signature is right, or gives the number of the refusal. */
  OptionalInt put(Item item, OptionalLong cas, long now) {
    NodeId target = item.target();
    Optional<Item> before = find(target, now);
    if (item instanceof Item.Mutable next
        && before.isPresent()
        && before.get() instanceof Item.Mutable last) {
      if (cas.isPresent() && cas.getAsLong() != last.seq()) {
        return OptionalInt.of(KrpcError.CAS_MISMATCH);
      }
      boolean other = !next.value().equals(last.value());
      if (next.seq() < last.seq() || (next.seq() == last.seq() && other)) {
        return OptionalInt.of(KrpcError.OLD_SEQ);
      }
    }
    items.remove(target);
    if (items.size() >= MAX_ITEMS) {
      Iterator<NodeId> oldest = items.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    items.put(target, new Kept(item, now));
    return OptionalInt.empty();
  }

  /** Forgets what was not put again. */
  void expire(long now) {
    items.values().removeIf(kept -> now - kept.sinceNanos >= EXPIRY_NANOS);
  }
}
