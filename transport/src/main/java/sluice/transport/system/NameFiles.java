package sluice.transport.system;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sluice.protocol.address.IpLiteral;

/**
 * What the system's files say of names: addresses of hosts, and whom to ask for others. Reading
 * blocks. Any thread.
 *
 * @param hosts file of addresses with their names
 * @param settings file that names the servers
 * @param given servers to ask in place of those
 */
record NameFiles(Path hosts, Path settings, List<InetAddress> given) {
  private static final Logger LOG = System.getLogger(NameFiles.class.getName());
  private static final int MAX_SERVERS = 3;
  private static final int MAX_LINES = 100_000;

  /** Those of this machine. */
  static NameFiles ofSystem(List<InetAddress> servers) {
    return new NameFiles(Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"), servers);
  }

  /** What is said of one name. */
  record Read(List<InetAddress> addresses, List<InetAddress> servers) {}

  Read read(String host) {
    List<InetAddress> addresses = new ArrayList<>();
    for (List<String> words : lines(hosts)) {
      if (words.stream().skip(1).anyMatch(host::equalsIgnoreCase)) {
        IpLiteral.parse(words.getFirst()).ifPresent(addresses::add);
      }
    }
    return new Read(addresses, given.isEmpty() ? servers() : given);
  }

  private List<InetAddress> servers() {
    return lines(settings).stream()
        .filter(words -> words.size() > 1 && words.getFirst().equals("nameserver"))
        .flatMap(words -> IpLiteral.parse(words.get(1)).stream())
        .limit(MAX_SERVERS)
        .toList();
  }

  /** The words of each line, without comments. */
  private static List<List<String>> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .limit(MAX_LINES)
          .map(line -> line.replaceFirst("[#;].*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(line -> List.of(line.split("\\s+", -1)))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.log(Logger.Level.DEBUG, "{0} is not read: {1}", file, e.getMessage());
      return List.of();
    }
  }
}
