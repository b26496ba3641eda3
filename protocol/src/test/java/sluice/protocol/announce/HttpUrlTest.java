package sluice.protocol.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.protocol.announce.AnnounceRequest.Event.NONE;
import static sluice.protocol.announce.AnnounceRequest.Event.STARTED;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.digest.Hash;

/** URLs of announces and scrapes. */
class HttpUrlTest {
  private static final String HASH_ESCAPED = "%00%01%02%7F%80%FF-._~%3D%26ZaZ9%20%25%2B%2F";

  @Test
  void theWholeUrl() {
    assertThat(HttpAnnounce.url("http://t.example/announce", Announces.request(STARTED, 50)))
        .isEqualTo(
            "http://t.example/announce?info_hash="
                + HASH_ESCAPED
                + "&peer_id=-SL0100-abcdefghij%01~&port=6881&uploaded=5&downloaded=7"
                + "&left=1099511627776&key=0000BEEF&compact=1&no_peer_id=1&supportcrypto=0"
                + "&numwant=50&event=started");
  }

  @Test
  void whatIsNotToldIsLeftOut() {
    String url = HttpAnnounce.url("http://t.example/", Announces.request(NONE, -1));
    assertThat(url).doesNotContain("numwant", "event", "trackerid", "ipv4", "ipv6");
  }

  @Test
  void trackerIdAndAddresses() {
    AnnounceRequest r = Announces.request(NONE, 0);
    AnnounceRequest request =
        new AnnounceRequest(
            r.infoHash(),
            r.peerId(),
            r.port(),
            r.uploaded(),
            r.downloaded(),
            r.left(),
            r.event(),
            r.numWant(),
            r.key(),
            Optional.of("a b&ü"));
    String url =
        HttpAnnounce.url(
            "http://t.example/announce",
            request,
            List.of(
                IpLiteral.parse("192.0.2.1").orElseThrow(),
                IpLiteral.parse("2001:db8::1").orElseThrow()));
    assertThat(url)
        .contains("&numwant=0&trackerid=a%20b%26%C3%BC&ipv4=192.0.2.1&ipv6=2001%3Adb8%3A")
        .isEqualTo(URI.create(url).toString());
  }

  @ParameterizedTest
  @EnumSource(AnnounceRequest.Event.class)
  void everyEventHasAWord(AnnounceRequest.Event event) {
    String url = HttpAnnounce.url("http://t.example/announce", Announces.request(event, 1));
    assertThat(url.endsWith("&event=" + event.name().toLowerCase(java.util.Locale.ROOT)))
        .isEqualTo(event != NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "http://t.example/a?passkey=x%2fy, http://t.example/a?passkey=x%2fy&info_hash=",
    "http://t.example/a?, http://t.example/a?info_hash=",
    "http://t.example/a?x=1&, http://t.example/a?x=1&info_hash=",
    "http://t.example/a#part, http://t.example/a?info_hash=",
    "http://t.example/a b|ü?q=%zz, http://t.example/a%20b%7C%C3%BC?q=%25zz&info_hash=",
    "'  http://t.example/a\n', http://t.example/a?info_hash=",
    "http://[2001:db8::1]:80/a, http://[2001:db8::1]:80/a?info_hash=",
  })
  void theTrackersOwnUrlIsKept(String announce, String start) {
    String url = HttpAnnounce.url(announce, Announces.request(NONE, -1));
    assertThat(url).startsWith(start);
    assertThat(URI.create(url).getRawQuery()).contains("info_hash=" + HASH_ESCAPED);
  }

  /** The table of BEP 48, and more. */
  @ParameterizedTest
  @CsvSource({
    "http://example.com/announce, http://example.com/scrape?",
    "http://example.com/x/announce, http://example.com/x/scrape?",
    "http://example.com/announce.php, http://example.com/scrape.php?",
    "http://example.com/a, ",
    "http://example.com/announce?x2%0644, http://example.com/scrape?x2%0644&",
    "http://example.com/announce?x=2/4, http://example.com/scrape?x=2/4&",
    "http://example.com/x%064announce, ",
    "http://example.com/announce/, ",
    "http://announce, ",
    "announce, ",
    "http://example.com/a?b=/announce, ",
    "http://example.com/announce/pass, ",
    "http://example.com/pass/announce#x, http://example.com/pass/scrape?",
  })
  void scrapeUrls(String announce, String expected) {
    Optional<String> url =
        HttpScrape.url(announce, List.of(Announces.HASH, Hash.ofHex("ab".repeat(20))));
    assertThat(url)
        .isEqualTo(
            Optional.ofNullable(expected)
                .map(e -> e + "info_hash=" + HASH_ESCAPED + "&info_hash=" + "%AB".repeat(20)));
  }
}
