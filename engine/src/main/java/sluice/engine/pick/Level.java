package sluice.engine.pick;

import java.util.Arrays;
import java.util.function.IntPredicate;
import sluice.engine.port.Entropy;

/**
 * The candidates of one priority in order of rarity, random among equals. Loop only.
 *
 * <p>Invariant: {@code order[0..size)} holds the candidates by ascending count; {@code start[c]} is
 * the first position with count {@code c} or more; {@code position}, which all levels share, is the
 * inverse of {@code order}. Each change moves one piece by one bucket in constant time.
 */
final class Level {
  private static final int RANDOM_TRIES = 16;

  private final Entropy entropy;
  private final int[] count;
  private final int[] position;
  private final int[] order;
  private int[] start = new int[8];
  private int size;

  /** An empty level over the counts and positions of all pieces. */
  Level(int[] count, int[] position, Entropy entropy) {
    this.count = count;
    this.position = position;
    this.entropy = entropy;
    order = new int[count.length];
  }

  /** Makes the piece a candidate. */
  void add(int piece) {
    int c = count[piece];
    ensure(c + 1);
    int hole = size++;
    for (int k = start.length - 1; k > c; k--) {
      if (start[k] < hole) {
        move(order[start[k]], hole);
        hole = start[k];
      }
      start[k]++;
    }
    move(piece, hole);
    shuffle(piece);
  }

  /** Takes the piece from the candidates. */
  void remove(int piece) {
    int c = count[piece];
    int hole = position[piece];
    position[piece] = -1;
    for (int k = c + 1; k < start.length; k++) {
      int last = start[k] - 1;
      if (last > hole) {
        move(order[last], hole);
        hole = last;
      }
      start[k]--;
    }
    int last = --size;
    if (last > hole) {
      move(order[last], hole);
    }
  }

  /** The count of a candidate became one more than {@code before}. */
  void rose(int piece, int before) {
    ensure(before + 2);
    swap(position[piece], --start[before + 1]);
    shuffle(piece);
  }

  /** The count of a candidate became one less than {@code before}. */
  void fell(int piece, int before) {
    swap(position[piece], start[before]++);
    shuffle(piece);
  }

  /** The rarest candidate that {@code may} accepts, or -1. */
  int rarest(IntPredicate may) {
    for (int i = 0; i < size; i++) {
      if (may.test(order[i])) {
        return order[i];
      }
    }
    return -1;
  }

  /** Any candidate that {@code may} accepts, tried at random, else the rarest, or -1. */
  int random(IntPredicate may) {
    for (int i = 0; i < RANDOM_TRIES && size > 0; i++) {
      int piece = order[entropy.nextInt(size)];
      if (may.test(piece)) {
        return piece;
      }
    }
    return rarest(may);
  }

  /** The candidate with the lowest index that {@code may} accepts, or -1. */
  int lowest(IntPredicate may) {
    int best = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      if (order[i] < best && may.test(order[i])) {
        best = order[i];
      }
    }
    return best == Integer.MAX_VALUE ? -1 : best;
  }

  private void shuffle(int piece) {
    int from = start[count[piece]];
    int to = start[count[piece] + 1];
    swap(position[piece], from + entropy.nextInt(to - from));
  }

  private void swap(int a, int b) {
    int first = order[a];
    move(order[b], a);
    move(first, b);
  }

  private void move(int piece, int to) {
    order[to] = piece;
    position[piece] = to;
  }

  /** Makes {@code start[bucket]} exist; buckets beyond the largest count start at the end. */
  private void ensure(int bucket) {
    if (bucket >= start.length) {
      int old = start.length;
      start = Arrays.copyOf(start, Math.max(bucket + 1, 2 * old));
      Arrays.fill(start, old, start.length, size);
    }
  }
}
