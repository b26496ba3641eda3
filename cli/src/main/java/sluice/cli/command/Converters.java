package sluice.cli.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.choice.FileChoice;
import sluice.client.passage.ProxyRules;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.protocol.address.HostPort;
import sluice.protocol.text.Quantity;
import sluice.tracker.config.Listen;

/** From words on the command line to values. Patterns are compiled when an option needs them. */
final class Converters {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_DSCP = 63;
  private static final int MAX_PEERS = 10_000;
  private static final String RATIO = "\\d{1,9}(\\.\\d{1,9})?";
  private static final String PORT = "\\d{1,5}";
  private static final String PEER = "(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]\\s/]+)):(\\d{1,5})";
  private static final String ADDRESS =
      "(\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?";

  private Converters() {}

  /** A file or a folder. */
  static Path path(String value) {
    return converted(() -> Path.of(value));
  }

  /** Where to listen. */
  static Listen listen(String value) {
    return Listen.parse(value)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + value + "' is no address; write it like 6969 or 192.0.2.1:6969"));
  }

  /** A size in bytes. */
  static Long size(String value) {
    return converted(() -> Quantity.bytes(value));
  }

  /** Bytes per second. */
  static Long rate(String value) {
    return converted(() -> Quantity.rate(value));
  }

  /** A length of time. */
  static Duration time(String value) {
    return converted(() -> Quantity.time(value));
  }

  /** How many times the size is to be sent. */
  static Double ratio(String value) {
    if (!value.matches(RATIO)) {
      throw new TypeConversionException("'" + value + "' is no ratio; write it like 1 or 2.5");
    }
    return Double.valueOf(value);
  }

  /** Rules that choose files; they stay text, as several options are one choice. */
  static String files(String value) {
    return converted(() -> {
      FileChoice.parse(List.of(value));
      return value;
    });
  }

  /** How much connections are to be encrypted. */
  static EncryptionPolicy encryption(String value) {
    return switch (value) {
      case "forced" -> EncryptionPolicy.FORCED;
      case "preferred" -> EncryptionPolicy.PREFERRED;
      case "allowed" -> EncryptionPolicy.ALLOWED;
      case "off" -> EncryptionPolicy.OFF;
      default ->
          throw new TypeConversionException(
              "'" + value + "' is no policy; it is forced, preferred, allowed or off");
    };
  }

  /** A rule about proxies; it stays text, as several options are one choice. */
  static String proxy(String value) {
    return converted(() -> ProxyRules.checked(value));
  }

  /** One of {@code words}. */
  static <T> T word(String value, String what, Map<String, T> words) {
    T meant = words.get(value);
    if (meant == null) {
      throw new TypeConversionException(
          "'" + value + "' is no " + what + "; it is one of " + new TreeSet<>(words.keySet()));
    }
    return meant;
  }

  /** A class of packets. */
  static Integer dscp(String value) {
    int mark = value.matches("\\d{1,2}") ? Integer.parseInt(value) : MAX_DSCP + 1;
    if (mark > MAX_DSCP) {
      throw new TypeConversionException("'" + value + "' is no class of packets; it is 0 to 63");
    }
    return mark;
  }

  /** A port to listen at; 0 is any. */
  static Integer port(String value) {
    if (!value.matches(PORT) || Integer.parseInt(value) > MAX_PORT) {
      throw new TypeConversionException("'" + value + "' is no port; it is 0 to " + MAX_PORT);
    }
    return Integer.valueOf(value);
  }

  /** How many peers to have at the most. */
  static Integer peerCount(String value) {
    int count = value.matches(PORT) ? Integer.parseInt(value) : 0;
    if (count < 1 || count > MAX_PEERS) {
      throw new TypeConversionException(
          "'" + value + "' is no number of peers; it is 1 to " + MAX_PEERS);
    }
    return count;
  }

  /** How many torrents may do something at a time. */
  static Integer torrentCount(String value) {
    int count = value.matches(PORT) ? Integer.parseInt(value) : 0;
    if (count < 1) {
      throw new TypeConversionException(
          "'" + value + "' is no number of torrents; it is 1 to 99999");
    }
    return count;
  }

  /** A peer, such as {@code 192.0.2.7:6881}, {@code host.example:6881} or {@code [::1]:6881}. */
  static HostPort peer(String value) {
    Matcher m = Pattern.compile(PEER).matcher(value);
    if (!m.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is no peer; write it like 192.0.2.7:6881 or [2001:db8::7]:6881");
    }
    String host = m.group(1) == null ? m.group(2) : m.group(1);
    return converted(() -> new HostPort(host, Integer.parseInt(m.group(3))));
  }

  /** A literal IP address. */
  static InetAddress address(String value) throws UnknownHostException {
    if (!value.matches(ADDRESS)) {
      throw new TypeConversionException(
          "'" + value + "' is no IP address; write it like 192.0.2.7 or 2001:db8::7");
    }
    return InetAddress.getByName(value);
  }

  private static <T> T converted(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
