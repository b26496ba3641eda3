package sluice.sim.world;

import org.jspecify.annotations.Nullable;

/** Something that happens at a moment of virtual time, on a loop or, without one, in the world. */
final class SimEvent implements Comparable<SimEvent> {
  final long at;
  final long sequence;
  final @Nullable SimLoop owner;
  final String label;
  @Nullable Runnable action;

  SimEvent(long at, long sequence, @Nullable SimLoop owner, String label, Runnable action) {
    this.at = at;
    this.sequence = sequence;
    this.owner = owner;
    this.label = label;
    this.action = action;
  }

  @Override
  public int compareTo(SimEvent other) {
    int byTime = Long.compare(at, other.at);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }
}
