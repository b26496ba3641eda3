package sluice.protocol.filter;

import java.util.ArrayList;
import java.util.List;

/** What was read of a list so far: ranges, and the numbers of bad lines or records. One thread. */
final class Findings {
  private final IpFilterBuilder builder = new IpFilterBuilder();
  private final List<Long> firstBad = new ArrayList<>();
  private long ranges;
  private long bad;

  /** The line or record {@code number} blocks {@code range}; it is bad if there are too many. */
  void range(long number, IpRange range) {
    ranges++;
    if (!builder.add(range)) {
      bad(number);
    }
  }

  /** The line or record {@code number} is not understood. */
  void bad(long number) {
    bad++;
    if (firstBad.size() < FilterReader.MAX_REPORTED) {
      firstBad.add(number);
    }
  }

  FilterList list() {
    return new FilterList(builder.build(), ranges, bad, firstBad);
  }
}
