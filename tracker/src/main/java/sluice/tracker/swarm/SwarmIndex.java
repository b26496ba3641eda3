package sluice.tracker.swarm;

/**
 * From info-hashes to the records of a shard, in parts that grow one at a time: no announce waits
 * until all swarms are indexed anew.
 */
final class SwarmIndex {
  private static final int PART_BITS = 6;
  private static final int OBJECT_BYTES = 56;

  private final HashIndex[] parts = new HashIndex[1 << PART_BITS];

  SwarmIndex(Records records, long seed) {
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new HashIndex(records, seed, PART_BITS);
    }
  }

  /** The record of the visit's hash, whose mix is {@code mix}; −1 if there is none. */
  int find(Visit visit, int mix) {
    return part(mix).find(visit, mix);
  }

  /** See {@link HashIndex#glance}. */
  int glance(int mix) {
    return part(mix).glance(mix);
  }

  /** See {@link HashIndex#probably}. */
  int probably(int mix) {
    return part(mix).probably(mix);
  }

  /** Adds a record. */
  void add(int record, int mix) {
    part(mix).add(record, mix);
  }

  /** Removes a record, whether it is live or not. */
  void remove(int record, int mix) {
    part(mix).remove(record, mix);
  }

  long bytes() {
    long sum = 0;
    for (HashIndex part : parts) {
      sum += part.bytes() + OBJECT_BYTES;
    }
    return sum;
  }

  private HashIndex part(int mix) {
    return parts[mix >>> (Integer.SIZE - PART_BITS)];
  }
}
