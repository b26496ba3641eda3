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
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transfers of which both sides, or the other one, require RC4, whoever dials. The same with
 * encryption off on both sides are {@link DownloadIT} and {@link UploadIT}.
 */
@Order(5)
final class EncryptionIT {
  @TempDir Path work;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void encrypted(Way way) {
    way.run(work);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixed")
  void encryptedForTheOther(Way way) {
    way.run(work);
  }

  static List<Way> mixed() {
    return Stream.of(
            new Way(LIBTORRENT, SLUICE, Shape.MULTI_HYBRID, BY_NAME),
            new Way(TRANSMISSION, SLUICE, Shape.SINGLE_V1, BY_NAME),
            new Way(SLUICE, LIBTORRENT, Shape.MULTI_V2, BY_NAME),
            new Way(SLUICE, ARIA2, Shape.SINGLE_V1, BY_HTTP))
        .map(way -> way.with(Cipher.EITHER))
        .toList();
  }

  static List<Way> ways() {
    return Stream.of(
            new Way(LIBTORRENT, SLUICE, Shape.MULTI_V1, BY_NAME),
            new Way(LIBTORRENT, SLUICE, Shape.SINGLE_V2, BY_UDP),
            new Way(LIBTORRENT, SLUICE, Shape.SINGLE_HYBRID, BY_NAME),
            new Way(TRANSMISSION, SLUICE, Shape.SINGLE_V1, BY_NAME),
            new Way(ARIA2, SLUICE, Shape.SINGLE_V1, BY_NAME),
            new Way(SLUICE, LIBTORRENT, Shape.MULTI_V1, BY_HTTP),
            new Way(SLUICE, LIBTORRENT, Shape.SINGLE_V2, BY_NAME),
            new Way(SLUICE, LIBTORRENT, Shape.SINGLE_HYBRID, BY_NAME),
            new Way(SLUICE, TRANSMISSION, Shape.SINGLE_V1, BY_NAME),
            new Way(SLUICE, ARIA2, Shape.SINGLE_V1, BY_HTTP))
        .map(way -> way.with(Cipher.RC4))
        .toList();
  }
}
