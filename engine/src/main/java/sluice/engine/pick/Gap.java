package sluice.engine.pick;

import java.util.function.IntPredicate;

/** A run of absent pieces that can be begun. */
record Gap(int first, int length) {
  /** The longest run of absent pieces that {@code may} accepts; empty if there is none. */
  static Gap longest(Picker picker, IntPredicate may) {
    int pieces = picker.have().size();
    Gap longest = new Gap(0, 0);
    int from = 0;
    for (int i = 0; i <= pieces; i++) {
      boolean fits = i < pieces && picker.mayBegin(i) && may.test(i);
      if (!fits) {
        if (i - from > longest.length) {
          longest = new Gap(from, i - from);
        }
        from = i + 1;
      }
    }
    return longest;
  }
}
