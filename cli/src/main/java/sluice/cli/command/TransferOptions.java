package sluice.cli.command;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sluice.protocol.address.HostPort;

/** The options that get and seed share. */
final class TransferOptions {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder of the data (default: the current one).")
  private Path dir = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Converters.Port.class,
      description = "Port to accept peers at; 0 for any (default: 6881, or any if it is in use).")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      converter = Converters.Address.class,
      description = "IP address of this machine to listen and to connect from.")
  private @Nullable InetAddress bind;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      converter = Converters.Peer.class,
      description = "A peer to connect to; may be given several times.")
  private List<HostPort> peers = List.of();

  @Option(
      names = "--seed-ratio",
      paramLabel = "R",
      converter = Converters.Ratio.class,
      description = "Seed until R times the size has been sent.")
  private @Nullable Double seedRatio;

  @Option(
      names = "--seed-time",
      paramLabel = "T",
      converter = Converters.Time.class,
      description = "Seed for this time, such as 90s, 10m or 2h.")
  private @Nullable Duration seedTime;

  @Option(
      names = "--down",
      paramLabel = "RATE",
      converter = Converters.Rate.class,
      description = "Receive at most this many bytes per second, such as 500K or 2M.")
  private long down;

  @Option(
      names = "--up",
      paramLabel = "RATE",
      converter = Converters.Rate.class,
      description = "Send at most this many bytes per second.")
  private long up;

  @Option(names = "--no-tracker", description = "Do not announce to trackers.")
  private boolean noTracker;

  @Option(
      names = "--json",
      description = "Print one JSON object for each event to standard output, and nothing else.")
  private boolean json;

  Path dir() {
    return dir.toAbsolutePath().normalize();
  }

  Optional<Integer> port() {
    return Optional.ofNullable(port);
  }

  Optional<InetAddress> bind() {
    return Optional.ofNullable(bind);
  }

  List<HostPort> peers() {
    return peers;
  }

  Optional<Double> seedRatio() {
    return Optional.ofNullable(seedRatio);
  }

  Optional<Duration> seedTime() {
    return Optional.ofNullable(seedTime);
  }

  long down() {
    return down;
  }

  long up() {
    return up;
  }

  boolean trackers() {
    return !noTracker;
  }

  boolean json() {
    return json;
  }
}
