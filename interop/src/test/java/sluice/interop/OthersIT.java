package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.interop.Found.BY_HTTP;
import static sluice.interop.Found.BY_NAME;
import static sluice.interop.Found.BY_UDP;
import static sluice.interop.Program.ARIA2;
import static sluice.interop.Program.LIBTORRENT;
import static sluice.interop.Program.TRANSMISSION;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The other programs among themselves: shows that the fixtures work when ours fails. And which
 * kinds of torrents they do not know, for which there are no other tests; see {@code
 * docs/interop.md}.
 */
@Order(6)
final class OthersIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void exchange(Way way) {
    way.run(work);
  }

  /** When this fails, a program has learnt something, and there are more pairs to test. */
  @Test
  void transmissionAndAria2KnowV1Only() {
    Program.need("transmission-cli", Program.isOnPath("transmission-show"));
    Program.need("aria2", Program.isOnPath("aria2c"));
    Path content = Content.file(work, "few.bin", 100_000, 3);
    Path v1 = work.resolve("v1.torrent");
    String hash = Libtorrent.create(content, v1, List.of("--v1")).v1();
    assertThat(shownBy("transmission-show", v1)).contains(hash);
    assertThat(shownBy("aria2c", "--show-files", v1)).contains(hash);
    Path v2 = work.resolve("v2.torrent");
    Libtorrent.create(content, v2, List.of("--v2"));
    assertThat(shownBy("transmission-show", v2)).contains("Error parsing");
    assertThat(shownBy("aria2c", "--show-files", v2)).contains("Missing pieces");
    Path hybrid = work.resolve("hybrid.torrent");
    String first = Libtorrent.create(content, hybrid, List.of("--hybrid")).v1();
    assertThat(shownBy("transmission-show", hybrid)).contains("Error parsing");
    assertThat(shownBy("aria2c", "--show-files", hybrid))
        .as("a hash that is not the torrent's")
        .contains("Info Hash:")
        .doesNotContain(first);
  }

  /** All that a command says. */
  private String shownBy(Object... command) {
    List<String> words = Stream.of(command).map(Object::toString).toList();
    try (RealProcess process = RealProcess.start(words.getFirst(), work, words)) {
      process.awaitExit(Patience.STEP);
      return String.join("\n", process.output()) + String.join("\n", process.errors());
    }
  }

  static List<Way> ways() {
    return List.of(
        new Way(LIBTORRENT, LIBTORRENT, Shape.SINGLE_V1, BY_NAME),
        new Way(LIBTORRENT, LIBTORRENT, Shape.MULTI_V2, BY_UDP),
        new Way(LIBTORRENT, LIBTORRENT, Shape.MULTI_HYBRID, BY_HTTP),
        new Way(LIBTORRENT, ARIA2, Shape.MULTI_V1, BY_HTTP),
        new Way(ARIA2, LIBTORRENT, Shape.MULTI_V1, BY_HTTP),
        new Way(LIBTORRENT, TRANSMISSION, Shape.PADDED_V1, BY_HTTP),
        new Way(TRANSMISSION, LIBTORRENT, Shape.PADDED_V1, BY_UDP));
  }
}
