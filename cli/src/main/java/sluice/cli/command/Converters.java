package sluice.cli.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.text.Quantity;
import sluice.protocol.address.HostPort;

/** From words on the command line to values. */
final class Converters {
  private Converters() {}

  /** A size in bytes. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return converted(() -> Quantity.bytes(value));
    }
  }

  /** Bytes per second. */
  static final class Rate implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return converted(() -> Quantity.rate(value));
    }
  }

  /** A length of time. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return converted(() -> Quantity.time(value));
    }
  }

  /** How many times the size is to be sent. */
  static final class Ratio implements ITypeConverter<Double> {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    @Override
    public Double convert(String value) {
      if (!NUMBER.matcher(value).matches()) {
        throw new TypeConversionException("'" + value + "' is no ratio; write it like 1 or 2.5");
      }
      return Double.valueOf(value);
    }
  }

  /** A port to listen at; 0 is any. */
  static final class Port implements ITypeConverter<Integer> {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final int MAX = 65_535;

    @Override
    public Integer convert(String value) {
      if (!NUMBER.matcher(value).matches() || Integer.parseInt(value) > MAX) {
        throw new TypeConversionException("'" + value + "' is no port; it is 0 to " + MAX);
      }
      return Integer.valueOf(value);
    }
  }

  /** A peer, such as {@code 192.0.2.7:6881}, {@code host.example:6881} or {@code [::1]:6881}. */
  static final class Peer implements ITypeConverter<HostPort> {
    private static final Pattern HOST_PORT =
        Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]\\s/]+)):(\\d{1,5})");

    @Override
    public HostPort convert(String value) {
      Matcher m = HOST_PORT.matcher(value);
      if (!m.matches()) {
        throw new TypeConversionException(
            "'" + value + "' is no peer; write it like 192.0.2.7:6881 or [2001:db8::7]:6881");
      }
      String host = m.group(1) == null ? m.group(2) : m.group(1);
      return converted(() -> new HostPort(host, Integer.parseInt(m.group(3))));
    }
  }

  /** A literal IP address. */
  static final class Address implements ITypeConverter<InetAddress> {
    private static final Pattern LITERAL =
        Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?");

    @Override
    public InetAddress convert(String value) throws UnknownHostException {
      if (!LITERAL.matcher(value).matches()) {
        throw new TypeConversionException(
            "'" + value + "' is no IP address; write it like 192.0.2.7 or 2001:db8::7");
      }
      return InetAddress.getByName(value);
    }
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T converted(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
