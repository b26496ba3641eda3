package sluice.interop;

import static sluice.interop.Found.BY_HTTP;
import static sluice.interop.Found.BY_NAME;
import static sluice.interop.Found.BY_UDP;
import static sluice.interop.Program.ARIA2;
import static sluice.interop.Program.LIBTORRENT;
import static sluice.interop.Program.TRANSMISSION;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The other programs among themselves: shows that the fixtures work when ours fails. */
final class OthersIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void exchange(Way way) {
    way.run(work);
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
