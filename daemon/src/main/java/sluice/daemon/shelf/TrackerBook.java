package sluice.daemon.shelf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import sluice.engine.announce.TrackerUrl;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.metainfo.InfoHashes;

/** What trackers said last. Any thread. */
public final class TrackerBook {
  /** Torrents of which answers are remembered. */
  static final int MAX_TORRENTS = 50_000;

  /** Trackers of a torrent of which answers are remembered. */
  static final int MAX_TRACKERS = 64;

  /** Stands for a number that no tracker told. */
  public static final int UNKNOWN = -1;

  private static final long MILLIS = 1_000;

  private final Map<InfoHashes, Map<String, Answer>> answers = newest(MAX_TORRENTS);

  private static <K, V> Map<K, V> newest(int most) {
    return new LinkedHashMap<>(4, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * What a tracker said.
   *
   * @param working whether it answered
   * @param peers that it named
   * @param seeds how many there are; {@link #UNKNOWN} if it did not say
   * @param leeches how many others there are; {@link #UNKNOWN} if it did not say
   * @param message why it did not answer
   * @param millis when
   * @param nextMillis when it wants to hear of us again; 0 if it did not say
   */
  public record Answer(
      boolean working,
      int peers,
      int seeds,
      int leeches,
      String message,
      long millis,
      long nextMillis) {
    static Answer of(TrackerAnswer answer, long millis) {
      return new Answer(
          true,
          answer.peers(),
          answer.seeds().orElse(UNKNOWN),
          answer.leeches().orElse(UNKNOWN),
          "",
          millis,
          millis + answer.intervalSeconds() * MILLIS);
    }

    static Answer failed(String message, long millis) {
      return new Answer(false, 0, UNKNOWN, UNKNOWN, message, millis, 0);
    }
  }

  /** Notes an answer; {@code url} is as engines show it. */
  synchronized void told(InfoHashes torrent, String url, Answer answer) {
    answers.computeIfAbsent(torrent, t -> newest(MAX_TRACKERS)).put(url, answer);
  }

  /** What the tracker at {@code url}, as a torrent file has it, said last of {@code torrent}. */
  public synchronized Optional<Answer> of(InfoHashes torrent, String url) {
    Map<String, Answer> all = answers.get(torrent);
    return all == null ? Optional.empty() : Optional.ofNullable(all.get(TrackerUrl.shown(url)));
  }

  /** How many seeds {@code torrent} has by the tracker that knows most of them. */
  public OptionalInt seeds(InfoHashes torrent) {
    return most(torrent, Answer::seeds);
  }

  /** How many peers that are no seeds it has by the tracker that knows most of them. */
  public OptionalInt leeches(InfoHashes torrent) {
    return most(torrent, Answer::leeches);
  }

  private synchronized OptionalInt most(InfoHashes torrent, ToIntFunction<Answer> count) {
    return answers.getOrDefault(torrent, Map.of()).values().stream()
        .mapToInt(count)
        .filter(number -> number != UNKNOWN)
        .max();
  }

  synchronized void forget(InfoHashes torrent) {
    answers.remove(torrent);
  }
}
