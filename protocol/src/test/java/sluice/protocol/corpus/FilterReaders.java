package sluice.protocol.corpus;

import java.util.List;
import sluice.protocol.filter.FilterList;
import sluice.protocol.filter.FilterReader;

/** The reader of lists of blocked addresses; bad lines, which it skips, count as a refusal. */
final class FilterReaders {
  static final List<CorpusReader> ALL =
      List.of(new CorpusReader("ip-filter", BadLines.class, e -> "", FilterReaders::read));

  private FilterReaders() {}

  private static final class BadLines extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static Runnable read(byte[] input) throws BadLines {
    FilterList list = FilterReader.read(input);
    if (list.firstBad().size() > FilterReader.MAX_REPORTED
        || list.filter().size() > list.ranges()
        || list.firstBad().size() > list.badLines()) {
      throw new AssertionError("counts that cannot be: " + list);
    }
    if (list.badLines() > 0) {
      throw new BadLines();
    }
    return () -> {};
  }
}
