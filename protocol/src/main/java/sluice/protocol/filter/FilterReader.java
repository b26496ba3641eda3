package sluice.protocol.filter;

/**
 * Reads a list of blocked addresses, text or binary, from bytes that come in parts of any size; see
 * {@link FilterLine} and {@link P2bFormat} for what is understood. It takes memory for the ranges
 * and one line only. One thread.
 */
public final class FilterReader {
  /** Longest line in bytes. */
  public static final int MAX_LINE_BYTES = 4_096;

  /** Most numbers of bad lines kept. */
  public static final int MAX_REPORTED = 20;

  private final Findings findings = new Findings();
  private ListFormat format = new LineFormat(findings);

  /** Bytes of the mark of a binary list seen so far; -1 once the format is known. */
  private int marked;

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
    int at = 0;
    while (marked >= 0 && at < count) {
      look(bytes[at++]);
    }
    for (; at < count; at++) {
      format.accept(bytes[at]);
    }
  }

  /** Finds out about the format. */
  private void look(byte next) {
    if (next != P2bFormat.MARK[marked]) {
      text();
      format.accept(next);
    } else if (++marked == P2bFormat.MARK.length) {
      marked = -1;
      format = new P2bFormat(findings);
    }
  }

  /** It is text: gives it the bytes that might have been the mark. */
  private void text() {
    int held = marked;
    marked = -1;
    for (int i = 0; i < held; i++) {
      format.accept(P2bFormat.MARK[i]);
    }
  }

  /** The list, once all bytes were read. */
  public FilterList end() {
    if (marked > 0) {
      text();
    }
    format.end();
    return findings.list();
  }
}
