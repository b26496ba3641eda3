package sluice.state.record;

import java.util.Arrays;

/** {@link FilePriorities} as bytes: a version, the number of files, then runs of equal values. */
public final class PrioritiesCodec {
  private static final int VERSION = 1;

  private PrioritiesCodec() {}

  /** The bytes of {@code priorities}. */
  public static byte[] encode(FilePriorities priorities) {
    int count = priorities.count();
    RecordWriter out = new RecordWriter().number(VERSION).number(count);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && priorities.get(to) == priorities.get(from)) {
        to++;
      }
      out.number(to - from).signed(priorities.get(from));
      from = to;
    }
    return out.bytes();
  }

  /**
   * The priorities that {@code bytes} tell.
   *
   * @throws RecordException when they are not priorities
   */
  public static FilePriorities decode(byte[] bytes) {
    RecordReader in = new RecordReader(bytes);
    if (in.number() != VERSION) {
      throw new RecordException("priorities of an unknown version");
    }
    byte[] values = new byte[in.bounded(FilePriorities.MAX_FILES)];
    int from = 0;
    while (from < values.length) {
      int run = in.bounded(values.length - from);
      long value = in.signed();
      if (run == 0 || value != (byte) value) {
        throw new RecordException("a run of " + run + " files with priority " + value);
      }
      Arrays.fill(values, from, from + run, (byte) value);
      from += run;
    }
    in.end();
    return FilePriorities.owning(values);
  }
}
