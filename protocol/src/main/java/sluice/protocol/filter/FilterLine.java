package sluice.protocol.filter;

import java.net.InetAddress;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;

/**
 * One line of a list: a network in CIDR form, an address, a range, a line of eMule's {@code .dat}
 * ({@code from - to , level , name}), or of PeerGuardian's text ({@code name:from-to}). Which of
 * them is decided line by line.
 */
sealed interface FilterLine {
  /** Lines of eMule from this level on allow what they name. */
  int FIRST_ALLOWED_LEVEL = 128;

  /** A range to block. */
  record Blocked(IpRange range) implements FilterLine {}

  /** Nothing to block: empty, a comment, or a range that the list allows. */
  record Nothing() implements FilterLine {}

  /** Not understood. */
  record Bad() implements FilterLine {}

  /** What {@code text} says. */
  static FilterLine parse(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#") || line.startsWith("//") || line.startsWith(";")) {
      return new Nothing();
    }
    int comma = line.indexOf(',');
    if (comma >= 0) {
      Optional<IpRange> dat = range(line.substring(0, comma));
      if (dat.isPresent()) {
        return levelled(line.substring(comma + 1), dat.get());
      }
    }
    Optional<IpRange> plain = plain(line);
    return plain.or(() -> named(line)).<FilterLine>map(Blocked::new).orElseGet(Bad::new);
  }

  private static FilterLine levelled(String rest, IpRange range) {
    int comma = rest.indexOf(',');
    String level = (comma < 0 ? rest : rest.substring(0, comma)).strip();
    int value = decimal(level, 999);
    if (value < 0) {
      return new Bad();
    }
    return value < FIRST_ALLOWED_LEVEL ? new Blocked(range) : new Nothing();
  }

  /** A range, network or address that a comment may follow. */
  private static Optional<IpRange> plain(String line) {
    int end = line.length();
    for (char mark : new char[] {'#', ';'}) {
      int at = line.indexOf(mark);
      end = at >= 0 && at < end ? at : end;
    }
    String item = line.substring(0, end).strip();
    int slash = item.indexOf('/');
    if (slash >= 0) {
      int bits = decimal(item.substring(slash + 1).strip(), 128);
      return IpLiteral.parse(item.substring(0, slash).strip())
          .flatMap(address -> IpRange.network(address, bits));
    }
    if (item.indexOf('-') >= 0) {
      return range(item);
    }
    return IpLiteral.parse(item).flatMap(address -> IpRange.between(address, address));
  }

  /**
   * A range behind a name and a colon. Names have colons and hyphens, too: the range is as long as
   * it can be from the last hyphen on.
   */
  private static Optional<IpRange> named(String line) {
    int hyphen = line.lastIndexOf('-');
    if (hyphen < 0) {
      return Optional.empty();
    }
    Optional<InetAddress> to = IpLiteral.parse(line.substring(hyphen + 1).strip());
    if (to.isEmpty()) {
      return Optional.empty();
    }
    String left = line.substring(0, hyphen).stripTrailing();
    int start = Math.max(0, left.length() - IpLiteral.MAX_CHARS - 1);
    for (int at = left.indexOf(':', start); at >= 0; at = left.indexOf(':', at + 1)) {
      Optional<IpRange> range =
          IpLiteral.parse(left.substring(at + 1).strip())
              .flatMap(from -> IpRange.between(from, to.get()));
      if (range.isPresent()) {
        return range;
      }
    }
    return Optional.empty();
  }

  private static Optional<IpRange> range(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return Optional.empty();
    }
    Optional<InetAddress> from = IpLiteral.parse(text.substring(0, hyphen).strip());
    Optional<InetAddress> to = IpLiteral.parse(text.substring(hyphen + 1).strip());
    return from.isPresent() && to.isPresent()
        ? IpRange.between(from.get(), to.get())
        : Optional.empty();
  }

  /** A number of one to three ASCII digits; -1 if it is none or above {@code most}. */
  private static int decimal(String digits, int most) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value <= most ? value : -1;
  }
}
