package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.cli.CapturedConsole;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;

/** Questions to a tracker in this process. */
class ScrapeCommandTest {
  private static final String HASH = "00112233445566778899aabbccddeeff01234567";

  private final CapturedConsole console = new CapturedConsole();

  private static String url(String scheme, InetSocketAddress at) {
    return scheme + "://127.0.0.1:" + at.getPort() + "/announce";
  }

  /** A seed and two who want it are told to the tracker. */
  private static void announce(String url) throws Exception {
    String hash = HASH.replaceAll("(..)", "%$1");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < 3; i++) {
        String query =
            "?info_hash="
                + hash
                + "&peer_id=-XX0000-00000000000"
                + i
                + "&port="
                + (7_000 + i)
                + "&uploaded=0&downloaded=0&left="
                + i
                + "&event=started";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + query)).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void countsAreShownAndFailuresToo() throws Exception {
    List<InetSocketAddress> any =
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (Tracker tracker = Tracker.start(TrackerSettings.DEFAULT.listening(any, any))) {
      String http = url("http", tracker.httpAddresses().getFirst());
      String udp = url("udp", tracker.udpAddresses().getFirst());
      announce(http);
      String magnet = "magnet:?xt=urn:btih:" + HASH + "&tr=" + http + "&tr=" + udp;
      assertThat(console.run("scrape", magnet)).as(console.err()).isZero();
      assertThat(console.outLines())
          .containsExactlyInAnyOrder(
              http + ": 1 seeds, 2 downloaders, completed 0 times",
              udp + ": 1 seeds, 2 downloaders, completed 0 times");
      CapturedConsole again = new CapturedConsole();
      assertThat(
              again.run(
                  "scrape",
                  magnet,
                  "--json",
                  "--bind",
                  "127.0.0.1",
                  "--tracker",
                  udp,
                  "--tracker",
                  "http://127.0.0.1:1/nothing"))
          .isZero();
      assertThat(again.outLines()).hasSize(2);
      assertThat(again.outLines().getFirst())
          .contains("\"seeds\":1", "\"downloaders\":2", "\"info_hash\":\"" + HASH + "\"");
      assertThat(again.outLines().getLast()).contains("\"failure\":");
    }
    CapturedConsole nobody = new CapturedConsole();
    assertThat(nobody.run("scrape", "magnet:?xt=urn:btih:" + HASH)).isEqualTo(2);
    assertThat(nobody.err()).contains("--tracker");
  }
}
