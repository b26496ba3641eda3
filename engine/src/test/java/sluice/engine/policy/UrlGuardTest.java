package sluice.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.engine.port.Reach;

/** Which addresses each level lets a torrent name. */
class UrlGuardTest {
  @ParameterizedTest
  @CsvSource({
    // address, plain announce, other announce, file, file with a query, datagrams
    "8.8.8.8, 1, 1, 1, 1, 1",
    "192.168.1.1, 1, 1, 1, 0, 1",
    "fd00::1, 1, 1, 1, 0, 1",
    "127.0.0.1, 1, 0, 1, 0, 1",
    "::1, 1, 0, 1, 0, 1",
    "169.254.169.254, 0, 0, 0, 0, 0",
    "fe80::1, 0, 0, 0, 0, 0",
    "0.0.0.0, 0, 0, 0, 0, 0",
    "224.0.0.1, 0, 0, 0, 0, 0"
  })
  void normal(String address, int announce, int other, int file, int query, int datagrams) {
    UrlGuard normal = UrlGuard.NORMAL;
    assertAllowed(normal.tracker(URI.create("http://x.example/announce")), address, announce);
    assertAllowed(normal.tracker(URI.create("http://x.example/announce?a=b")), address, other);
    assertAllowed(normal.tracker(URI.create("http://x.example/rpc")), address, other);
    assertAllowed(normal.webSeed(URI.create("http://x.example/file")), address, file);
    assertAllowed(normal.webSeed(URI.create("http://x.example/file?do=it")), address, query);
    assertAllowed(normal.datagrams(), address, datagrams);
  }

  @ParameterizedTest
  @CsvSource({"8.8.8.8, 1", "192.168.1.1, 0", "127.0.0.1, 0", "169.254.169.254, 0"})
  void strictIsPublicOnlyAndOffIsEverything(String address, int isPublic) {
    URI plain = URI.create("http://x.example/announce");
    for (Reach strict :
        new Reach[] {
          UrlGuard.STRICT.tracker(plain),
          UrlGuard.STRICT.webSeed(plain),
          UrlGuard.STRICT.datagrams()
        }) {
      assertAllowed(strict, address, isPublic);
    }
    assertAllowed(UrlGuard.OFF.tracker(URI.create("http://x.example/rpc?x")), address, 1);
    assertAllowed(UrlGuard.OFF.webSeed(URI.create("http://x.example/rpc?x")), address, 1);
  }

  private static void assertAllowed(Reach reach, String address, int expected) {
    assertThat(reach.allows(InetAddress.ofLiteral(address)))
        .as(reach + " " + address)
        .isEqualTo(expected == 1);
  }
}
