package sluice.daemon.shelf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.metainfo.InfoHashes;

/** What trackers said last. Any thread. */
public final class TrackerBook {
  /** Answers that are remembered. */
  static final int MAX_ANSWERS = 50_000;

  private final Map<Asked, Answer> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  private record Asked(InfoHashes torrent, String url) {}

  /**
   * What a tracker said.
   *
   * @param working whether it answered
   * @param peers that it named
   * @param message why it did not answer
   * @param millis when
   */
  public record Answer(boolean working, int peers, String message, long millis) {}

  synchronized void told(InfoHashes torrent, String url, Answer answer) {
    answers.put(new Asked(torrent, url), answer);
  }

  /** What the tracker at {@code url} said last of {@code torrent}. */
  public synchronized Optional<Answer> of(InfoHashes torrent, String url) {
    return Optional.ofNullable(answers.get(new Asked(torrent, url)));
  }
}
