package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import sluice.engine.announce.TrackerUrl;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

class TrackerBookTest {
  private static final InfoHashes ONE =
      new InfoHashes(Optional.of(Hash.sha1(new byte[1])), Optional.empty());

  private final TrackerBook book = new TrackerBook();

  private void told(String url, int seeds, int leeches) {
    String shown = TrackerUrl.shown(url);
    TrackerAnswer answer =
        new TrackerAnswer(shown, 3, OptionalInt.of(seeds), OptionalInt.of(leeches), 1_800);
    book.told(ONE, shown, TrackerBook.Answer.of(answer, 1_000));
  }

  @Test
  void answersAreFoundByAddressesWithSecrets() {
    String url = "https://t.example/0123456789abcdef0123/announce";
    told(url, 7, 5);
    TrackerBook.Answer answer = book.of(ONE, url).orElseThrow();
    assertThat(answer.seeds()).isEqualTo(7);
    assertThat(answer.nextMillis()).isEqualTo(1_801_000);
    assertThat(book.of(ONE, "https://other.example/announce")).isEqualTo(Optional.empty());
  }

  @Test
  void theSwarmIsAsLargeAsTheTrackerSaysThatKnowsMost() {
    assertThat(book.seeds(ONE)).isEmpty();
    told("https://t.example/announce", 7, 5);
    told("udp://u.example:1/announce", 2, 9);
    book.told(ONE, "http://x.example", TrackerBook.Answer.failed("no answer", 1_000));
    assertThat(book.seeds(ONE)).hasValue(7);
    assertThat(book.leeches(ONE)).hasValue(9);
    book.forget(ONE);
    assertThat(book.leeches(ONE)).isEmpty();
  }
}
