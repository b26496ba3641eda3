package sluice.protocol.bencode;

import java.util.List;

/**
 * Bytes to {@link BValue} and back.
 *
 * <p>Both readers are iterative, check every length against the bytes that are there before they
 * allocate, and take integers of 64 bits. The strict one is BEP 3 to the letter. The lenient one is
 * for torrent files: leading zeroes, minus zero, unsorted or equal keys and bytes after the value
 * are reported as soft errors and nothing is changed.
 */
public final class Bencode {
  /** Most soft errors that are reported for one input; further ones are not kept. */
  public static final int MAX_SOFT_ERRORS = 16;

  private Bencode() {}

  /** Reads one value that fills {@code input}, strictly, within {@link BencodeLimits#WIRE}. */
  public static BValue parse(byte[] input) throws BencodeException {
    return parse(input, BencodeLimits.WIRE);
  }

  /** Reads one value that fills {@code input}, strictly; the value keeps {@code input}. */
  public static BValue parse(byte[] input, BencodeLimits limits) throws BencodeException {
    Prefix prefix = parsePrefix(input, limits);
    if (prefix.end() != input.length) {
      throw new BencodeException("bytes after the value", prefix.end());
    }
    return prefix.value();
  }

  /** Reads the value at the start of {@code input}, strictly; anything may follow it. */
  public static Prefix parsePrefix(byte[] input, BencodeLimits limits) throws BencodeException {
    BencodeReader reader = new BencodeReader(input, limits, true);
    BValue value = reader.read();
    return new Prefix(value, reader.position());
  }

  /**
   * Reads the value at the start of {@code input}, leniently; the value keeps {@code input}. After
   * a dictionary anything may follow, after another value only more values.
   */
  public static Lenient parseLenient(byte[] input, BencodeLimits limits) throws BencodeException {
    BencodeReader reader = new BencodeReader(input, limits, false);
    BValue value = reader.read();
    int end = reader.position();
    if (end != input.length) {
      reader.soft("bytes after the value", end);
    }
    while (!(value instanceof BDictionary) && reader.position() < input.length) {
      reader.read();
    }
    return new Lenient(value, end, reader.softErrors());
  }

  /** The canonical form: keys sorted as unsigned bytes, no superfluous zeroes. */
  public static byte[] write(BValue value) {
    return BencodeWriter.write(value);
  }

  /**
   * A value and where it ends.
   *
   * @param end offset of the first byte after the value
   */
  public record Prefix(BValue value, int end) {}

  /**
   * What the lenient reader found.
   *
   * @param end offset of the first byte after the value
   * @param softErrors deviations from BEP 3 in the order of the input; the first {@value
   *     #MAX_SOFT_ERRORS}
   */
  public record Lenient(BValue value, int end, List<SoftError> softErrors) {}

  /** A tolerated deviation from BEP 3 and where it is. */
  public record SoftError(String message, int offset) {}
}
