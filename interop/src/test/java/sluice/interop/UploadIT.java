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

/** Each program downloads from {@code sluice seed}; transmission waits for us to connect. */
@Order(3)
final class UploadIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void upload(Way way) {
    way.run(work);
  }

  static List<Way> ways() {
    return List.of(
        new Way(SLUICE, LIBTORRENT, Shape.SINGLE_V1, BY_UDP),
        new Way(SLUICE, LIBTORRENT, Shape.MULTI_V1, BY_HTTP),
        new Way(SLUICE, LIBTORRENT, Shape.PADDED_V1, BY_NAME),
        new Way(SLUICE, LIBTORRENT, Shape.SINGLE_V2, BY_UDP),
        new Way(SLUICE, LIBTORRENT, Shape.MULTI_V2, BY_NAME),
        new Way(SLUICE, LIBTORRENT, Shape.SINGLE_HYBRID, BY_NAME),
        new Way(SLUICE, LIBTORRENT, Shape.MULTI_HYBRID, BY_HTTP),
        new Way(SLUICE, TRANSMISSION, Shape.SINGLE_V1, BY_HTTP),
        new Way(SLUICE, TRANSMISSION, Shape.PADDED_V1, BY_NAME),
        new Way(SLUICE, TRANSMISSION, Shape.MULTI_V1, BY_UDP),
        new Way(SLUICE, ARIA2, Shape.SINGLE_V1, BY_HTTP),
        new Way(SLUICE, ARIA2, Shape.MULTI_V1, BY_HTTP),
        new Way(SLUICE, ARIA2, Shape.PADDED_V1, BY_HTTP));
  }
}
