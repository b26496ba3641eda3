package sluice.interop;

import static sluice.interop.Found.BY_HTTP;
import static sluice.interop.Found.BY_NAME;
import static sluice.interop.Found.BY_UDP;
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

/** {@code sluice get} downloads from each program, each kind of torrent, each way of meeting. */
@Order(4)
final class DownloadIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void download(Way way) {
    way.run(work);
  }

  static List<Way> ways() {
    return List.of(
        new Way(SLUICE, SLUICE, Shape.MULTI_HYBRID, BY_UDP),
        new Way(LIBTORRENT, SLUICE, Shape.SINGLE_V1, BY_HTTP),
        new Way(LIBTORRENT, SLUICE, Shape.MULTI_V1, BY_UDP),
        new Way(LIBTORRENT, SLUICE, Shape.PADDED_V1, BY_NAME),
        new Way(LIBTORRENT, SLUICE, Shape.SINGLE_V2, BY_NAME),
        new Way(LIBTORRENT, SLUICE, Shape.MULTI_V2, BY_HTTP),
        new Way(LIBTORRENT, SLUICE, Shape.SINGLE_HYBRID, BY_NAME),
        new Way(LIBTORRENT, SLUICE, Shape.MULTI_HYBRID, BY_UDP),
        new Way(TRANSMISSION, SLUICE, Shape.SINGLE_V1, BY_UDP),
        new Way(TRANSMISSION, SLUICE, Shape.MULTI_V1, BY_NAME),
        new Way(TRANSMISSION, SLUICE, Shape.PADDED_V1, BY_HTTP),
        new Way(ARIA2, SLUICE, Shape.SINGLE_V1, BY_NAME),
        new Way(ARIA2, SLUICE, Shape.MULTI_V1, BY_HTTP),
        new Way(ARIA2, SLUICE, Shape.PADDED_V1, BY_NAME));
  }
}
