package sluice.protocol.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a list of blocked addresses from bytes that come in parts of any size; formats may be
 * mixed, see {@link FilterLine}. Lines end with {@code \n}, {@code \r} or both. It takes memory for
 * the ranges and one line only. One thread.
 */
public final class FilterReader {
  /** Longest line in bytes. */
  public static final int MAX_LINE_BYTES = 4_096;

  /** Most numbers of bad lines kept. */
  public static final int MAX_REPORTED = 20;

  private final IpFilterBuilder builder = new IpFilterBuilder();
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private final List<Long> firstBad = new ArrayList<>();
  private int length;
  private boolean tooLong;
  private boolean afterReturn;
  private long lines;
  private long ranges;
  private long bad;

  /** A reader of a list that has not begun. */
  public FilterReader() {
    // The fields are all that it needs.
  }

  /** Reads a whole list. */
  public static FilterList read(byte[] list) {
    FilterReader reader = new FilterReader();
    reader.accept(list, list.length);
    return reader.end();
  }

  /** Reads the next {@code count} bytes. */
  public void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endLine();
      } else if (length < MAX_LINE_BYTES) {
        line[length++] = b;
      } else {
        tooLong = true;
      }
    }
  }

  /** The list, once all bytes were read. */
  public FilterList end() {
    if (length > 0) {
      endLine();
    }
    return new FilterList(builder.build(), ranges, bad, firstBad);
  }

  private void endLine() {
    lines++;
    boolean understood =
        !tooLong
            && switch (FilterLine.parse(text())) {
              case FilterLine.Nothing n -> true;
              case FilterLine.Bad b -> false;
              case FilterLine.Blocked(IpRange range) -> {
                ranges++;
                yield builder.add(range);
              }
            };
    if (!understood) {
      bad++;
      if (firstBad.size() < MAX_REPORTED) {
        firstBad.add(lines);
      }
    }
    length = 0;
    tooLong = false;
  }

  /** The line, without the mark that some editors put before the first. */
  private String text() {
    boolean marked =
        lines == 1
            && length >= 3
            && line[0] == (byte) 0xef
            && line[1] == (byte) 0xbb
            && line[2] == (byte) 0xbf;
    int from = marked ? 3 : 0;
    return new String(line, from, length - from, ISO_8859_1);
  }
}
