package sluice.daemon.config;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.tracker.config.Listen;

/**
 * The tracker inside of the daemon.
 *
 * @param addresses where it listens, by UDP and HTTP; there is none without addresses
 * @param servesAll whether it serves all torrents, not only those that the daemon has
 */
public record TrackerPlace(List<InetSocketAddress> addresses, boolean servesAll) {
  /** No tracker. */
  public static final TrackerPlace NONE = new TrackerPlace(List.of(), false);

  private static final String USUAL_LISTEN = "6969";

  public TrackerPlace {
    addresses = List.copyOf(addresses);
  }

  /**
   * What the table {@code [tracker]} says.
   *
   * @throws ConfigProblem if that makes no sense
   */
  static TrackerPlace of(ConfigFile.@Nullable EmbeddedTracker said) {
    if (said == null) {
      return NONE;
    }
    String listen = said.listen() == null ? USUAL_LISTEN : said.listen();
    List<InetSocketAddress> addresses =
        Listen.parse(listen)
            .orElseThrow(() -> new ConfigProblem("tracker.listen: '" + listen + "' is no address"))
            .addresses();
    boolean servesAll = servesAll(said.torrents() == null ? "own" : said.torrents());
    boolean enabled = said.enabled() != null && said.enabled();
    return new TrackerPlace(enabled ? addresses : List.of(), servesAll);
  }

  private static boolean servesAll(String torrents) {
    return switch (torrents) {
      case "own" -> false;
      case "all" -> true;
      default ->
          throw new ConfigProblem("tracker.torrents: '" + torrents + "' is neither own nor all");
    };
  }
}
