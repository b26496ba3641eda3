package sluice.protocol.filter;

import java.util.List;

/**
 * A list that was read.
 *
 * @param filter all ranges to block
 * @param ranges that were named, before they were merged
 * @param badLines lines, or records of a binary list, that were not understood, too long or too
 *     many
 * @param firstBad numbers of the first of them, counted from 1
 */
public record FilterList(IpFilter filter, long ranges, long badLines, List<Long> firstBad) {
  public FilterList {
    firstBad = List.copyOf(firstBad);
  }
}
