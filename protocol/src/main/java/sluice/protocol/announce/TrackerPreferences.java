package sluice.protocol.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the owner of a host says about trackers on it, by a text in the DNS (BEP 34).
 *
 * @param ways by which a tracker is reached, the best one first; none if there is no tracker and
 *     none is to be asked
 */
public record TrackerPreferences(List<Way> ways) {
  /** Most ways that are read. */
  public static final int MAX_WAYS = 8;

  /** Longest text that is looked at. */
  static final int MAX_CHARS = 1_024;

  private static final String MARK = "BITTORRENT";
  private static final int MAX_PORT = 65_535;

  public TrackerPreferences {
    ways = List.copyOf(ways);
  }

  /**
   * A protocol and a port.
   *
   * @param udp the protocol of BEP 15, else HTTP
   */
  public record Way(boolean udp, int port) {}

  /** What {@code texts} of a host say; empty if they are about something else. */
  public static Optional<TrackerPreferences> of(List<String> texts) {
    for (String text : texts) {
      String[] words = text.length() > MAX_CHARS ? new String[] {""} : text.split(" +", -1);
      if (words[0].equals(MARK)) {
        List<Way> ways = new ArrayList<>();
        for (String word : words) {
          way(word).filter(w -> ways.size() < MAX_WAYS && !ways.contains(w)).ifPresent(ways::add);
        }
        return Optional.of(new TrackerPreferences(ways));
      }
    }
    return Optional.empty();
  }

  /** Words that are not known are passed over. */
  private static Optional<Way> way(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    boolean udp = upper.startsWith("UDP:");
    String port = word.substring(Math.min(4, word.length()));
    if ((!udp && !upper.startsWith("TCP:")) || !port.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    return number == 0 || number > MAX_PORT ? Optional.empty() : Optional.of(new Way(udp, number));
  }
}
