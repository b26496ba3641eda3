package sluice.interop;

import static sluice.interop.Found.BY_OUR_HTTP;
import static sluice.interop.Found.BY_OUR_UDP;
import static sluice.interop.Program.ARIA2;
import static sluice.interop.Program.LIBTORRENT;
import static sluice.interop.Program.SLUICE;
import static sluice.interop.Program.TRANSMISSION;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real programs find each other by our tracker. */
@Order(6)
final class TrackerIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void exchange(Way way) {
    way.run(work);
  }

  static List<Way> ways() {
    return List.of(
        new Way(LIBTORRENT, ARIA2, Shape.SINGLE_V1, BY_OUR_HTTP),
        new Way(TRANSMISSION, LIBTORRENT, Shape.SINGLE_V1, BY_OUR_UDP),
        new Way(LIBTORRENT, TRANSMISSION, Shape.SINGLE_V1, BY_OUR_HTTP),
        new Way(ARIA2, SLUICE, Shape.SINGLE_V1, BY_OUR_UDP),
        new Way(SLUICE, LIBTORRENT, Shape.SINGLE_HYBRID, BY_OUR_UDP),
        new Way(LIBTORRENT, SLUICE, Shape.SINGLE_V2, BY_OUR_UDP));
  }
}
