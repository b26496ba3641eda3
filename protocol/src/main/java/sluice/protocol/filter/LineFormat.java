package sluice.protocol.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Reads text; formats may be mixed, see {@link FilterLine}. Lines end with {@code \n}, {@code \r}
 * or both. One thread.
 */
final class LineFormat implements ListFormat {
  private final Findings findings;
  private final byte[] line = new byte[FilterReader.MAX_LINE_BYTES];
  private int length;
  private boolean tooLong;
  private boolean afterReturn;
  private long lines;

  LineFormat(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void accept(byte next) {
    if (next == '\n' && afterReturn) {
      afterReturn = false;
      return;
    }
    afterReturn = next == '\r';
    if (next == '\n' || next == '\r') {
      endLine();
    } else if (length < line.length) {
      line[length++] = next;
    } else {
      tooLong = true;
    }
  }

  @Override
  public void end() {
    if (length > 0) {
      endLine();
    }
  }

  private void endLine() {
    lines++;
    if (tooLong) {
      findings.bad(lines);
    } else {
      switch (FilterLine.parse(text())) {
        case FilterLine.Nothing n -> {}
        case FilterLine.Bad b -> findings.bad(lines);
        case FilterLine.Blocked(IpRange range) -> findings.range(lines, range);
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
