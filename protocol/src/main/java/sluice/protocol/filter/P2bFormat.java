package sluice.protocol.filter;

/**
 * Reads the binary format of PeerGuardian (P2B), versions 1 to 3, of IPv4 only. Behind the mark and
 * a byte with the version, versions 1 and 2 are records of a name that ends with a zero byte, the
 * first and the last address; version 3 has a count, that many names, a count, and that many
 * records of the number of a name, the first and the last address. Numbers are big-endian. Names
 * are skipped, so that no count makes it take memory. One thread.
 */
final class P2bFormat implements ListFormat {
  /** How such a list begins; no text does. */
  static final byte[] MARK = {-1, -1, -1, -1, 'P', '2', 'B'};

  private static final int LAST_VERSION = 3;

  /** What the next byte belongs to. */
  private enum Field {
    VERSION,
    NAME,
    NAME_COUNT,
    NAMES,
    RANGE_COUNT,
    NAME_NUMBER,
    FROM,
    TO,
    END
  }

  private final Findings findings;
  private Field field = Field.VERSION;
  private boolean counted;

  /** Whether the record has begun. */
  private boolean begun;

  private int number;
  private int bytes;
  private int from;

  /** Names or records that are still to come, in version 3. */
  private long left;

  private long records;

  P2bFormat(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void accept(byte next) {
    switch (field) {
      case VERSION -> version(next);
      case NAME -> {
        begun = true;
        field = next == 0 ? Field.FROM : Field.NAME;
      }
      case NAMES -> {
        if (next == 0 && --left == 0) {
          field = Field.RANGE_COUNT;
        }
      }
      case NAME_COUNT, RANGE_COUNT, NAME_NUMBER, FROM, TO -> {
        number = number << 8 | (next & 0xff);
        if (++bytes == Integer.BYTES) {
          bytes = 0;
          number(number);
        }
      }
      case END -> begun = true;
    }
  }

  private void version(byte version) {
    if (version < 1 || version > LAST_VERSION) {
      field = Field.END;
      begun = true;
      return;
    }
    counted = version == LAST_VERSION;
    field = counted ? Field.NAME_COUNT : Field.NAME;
  }

  /** The field that is a number was read to its end. */
  private void number(int value) {
    switch (field) {
      case NAME_COUNT -> {
        left = Integer.toUnsignedLong(value);
        field = left == 0 ? Field.RANGE_COUNT : Field.NAMES;
      }
      case RANGE_COUNT -> {
        left = Integer.toUnsignedLong(value);
        field = left == 0 ? Field.END : Field.NAME_NUMBER;
      }
      case NAME_NUMBER -> field = Field.FROM;
      case FROM -> {
        from = value;
        field = Field.TO;
      }
      case TO -> record(value);
      case VERSION, NAME, NAMES, END -> throw new IllegalStateException(field + " is no number");
    }
  }

  private void record(int to) {
    records++;
    if (Integer.compareUnsigned(from, to) <= 0) {
      findings.range(records, new IpRange.V4(from, to));
    } else {
      findings.bad(records);
    }
    begun = false;
    if (!counted) {
      field = Field.NAME;
    } else if (--left == 0) {
      field = Field.END;
    } else {
      field = Field.NAME_NUMBER;
    }
  }

  /** A list that is cut off, goes on behind its end, or is of another version has a bad record. */
  @Override
  public void end() {
    boolean whole = field == Field.END || (field == Field.NAME && !counted);
    if (!whole || begun) {
      findings.bad(records + 1);
    }
  }
}
