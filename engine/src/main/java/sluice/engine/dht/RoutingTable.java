package sluice.engine.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;

/**
 * The nodes of one family that we know: the nearer to our id, the more of those that exist. A
 * bucket for each number of common bits. Loop only.
 */
final class RoutingTable {
  /** A bucket that was still for so long is refreshed (BEP 5). */
  static final long REFRESH_NANOS = 15 * 60_000_000_000L;

  private final NodeId own;
  private final @Nullable Bucket[] buckets = new Bucket[NodeId.BITS];
  private int size;

  RoutingTable(NodeId own) {
    this.own = own;
  }

  NodeId own() {
    return own;
  }

  int size() {
    return size;
  }

  /** A node answered from its address. */
  void answered(NodeInfo info, long now) {
    if (info.id().equals(own)) {
      return;
    }
    Bucket bucket = bucket(info.id(), now);
    Optional<Contact> known = bucket.find(info.id());
    if (known.isEmpty()) {
      int before = bucket.contacts().size();
      bucket.add(new Contact(info, now), now);
      size += bucket.contacts().size() - before;
    } else if (known.get().endpoint().equals(info.endpoint())) {
      known.get().answered(now);
      bucket.touch(now);
    }
  }

  /** A node was asked. */
  void asked(NodeId id, long now) {
    find(id).ifPresent(contact -> contact.asked(now));
  }

  /** A node did not answer. */
  void failed(NodeInfo info) {
    Bucket bucket = bucketOf(info.id());
    if (bucket == null) {
      return;
    }
    bucket
        .find(info.id())
        .filter(c -> c.endpoint().equals(info.endpoint()))
        .ifPresent(contact -> {
          contact.failed();
          if (contact.isBad()) {
            int before = bucket.contacts().size();
            bucket.remove(contact);
            size += bucket.contacts().size() - before;
          }
        });
  }

  /** Whether the table would gain by a node with this id: it is not there and there is room. */
  boolean wants(NodeId id) {
    if (id.equals(own)) {
      return false;
    }
    Bucket bucket = bucketOf(id);
    return bucket == null || (bucket.hasRoom() && bucket.find(id).isEmpty());
  }

  /** Up to {@code most} contacts that are not bad, the nearest to {@code target} first. */
  List<NodeInfo> closest(NodeId target, int most) {
    List<Contact> all = new ArrayList<>(size);
    each(all::add);
    all.sort((a, b) -> target.compareDistance(a.id(), b.id()));
    List<NodeInfo> found = new ArrayList<>(most);
    for (int i = 0; i < all.size() && found.size() < most; i++) {
      if (!all.get(i).isBad()) {
        found.add(all.get(i).info());
      }
    }
    return found;
  }

  /** The contact that was still for the longest, if that is long. */
  Optional<Contact> stale(long now) {
    Contact[] oldest = new Contact[1];
    each(contact -> {
      if (oldest[0] == null || contact.idleNanos(now) > oldest[0].idleNanos(now)) {
        oldest[0] = contact;
      }
    });
    return Optional.ofNullable(oldest[0])
        .filter(c -> c.idleNanos(now) >= Contact.GOOD_NANOS - REFRESH_NANOS / 5);
  }

  /** A point in a bucket that is due to be refreshed; it is not due again soon. */
  Optional<NodeId> refresh(NodeId chance, long now) {
    int deepest = depth();
    for (int i = 0; i <= deepest; i++) {
      Bucket bucket = buckets[i];
      if (bucket == null) {
        bucket = new Bucket(now - REFRESH_NANOS);
        buckets[i] = bucket;
      }
      if (now - bucket.changedNanos() >= REFRESH_NANOS) {
        bucket.touch(now);
        return Optional.of(chance.withPrefix(own.flip(i), i + 1));
      }
    }
    return Optional.empty();
  }

  /** The bits that the nearest contact has in common with us; -1 without contacts. */
  private int depth() {
    for (int i = NodeId.BITS - 1; i >= 0; i--) {
      Bucket bucket = buckets[i];
      if (bucket != null && !bucket.contacts().isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  /** Number of contacts that answered lately. */
  int good(long now) {
    int[] count = {0};
    each(contact -> count[0] += contact.isGood(now) ? 1 : 0);
    return count[0];
  }

  Optional<Contact> find(NodeId id) {
    Bucket bucket = bucketOf(id);
    return bucket == null ? Optional.empty() : bucket.find(id);
  }

  /** All contacts, those that are far from us first. */
  void each(Consumer<Contact> consumer) {
    for (Bucket bucket : buckets) {
      if (bucket != null) {
        bucket.contacts().forEach(consumer);
      }
    }
  }

  private @Nullable Bucket bucketOf(NodeId id) {
    return id.equals(own) ? null : buckets[own.commonBits(id)];
  }

  private Bucket bucket(NodeId id, long now) {
    int index = own.commonBits(id);
    Bucket bucket = buckets[index];
    if (bucket == null) {
      bucket = new Bucket(now);
      buckets[index] = bucket;
    }
    return bucket;
  }
}
