package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.HttpAnnounce;
import sluice.protocol.announce.HttpScrape;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.protocol.announce.UdpServerCodec;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/** Mutated answers of trackers, requests to them and addresses give a value, whatever comes. */
class TrackerFuzzTest {
  private static final String P2B = "\u00ff\u00ff\u00ff\u00ffP2B";

  private static final Endpoint PEER =
      new Endpoint(IpLiteral.parse("192.0.2.1").orElseThrow(), 6881);

  @Test
  void httpAnnounce() {
    Fuzz.run(
        CorpusReaders.named("http-announce"),
        List.of(
            latin1("d8:completei3e8:intervali1800e5:peers12:abcdefghijkl6:peers60:e"),
            latin1("d8:intervali9e5:peersld2:ip9:192.0.2.14:porti6881eed2:ip3:::14:porti1eeee"),
            latin1("d14:failure reason4:busy8:retry in5:nevere"),
            latin1("d11:external ip4:abcd10:tracker id3:xyz15:warning message2:hie"),
            latin1("d6:peers636:" + "x".repeat(36) + "e")));
  }

  @Test
  void httpScrape() {
    Fuzz.run(
        CorpusReaders.named("http-scrape"),
        List.of(
            latin1("d5:filesd20:aaaaaaaaaaaaaaaaaaaad8:completei1e10:downloadedi2eeee"),
            latin1("d14:failure reason2:noe")));
  }

  @Test
  void udpReplies() {
    Fuzz.run(
        CorpusReaders.named("udp-reply"),
        List.of(
            UdpServerCodec.encode(new UdpReply.Connected(1, 2)),
            UdpServerCodec.encode(new UdpReply.Announced(1, 2, 3, 4, List.of(PEER, PEER))),
            UdpServerCodec.encode(new UdpReply.Scraped(1, List.of(new UdpReply.Counts(1, 2, 3)))),
            UdpServerCodec.encode(new UdpReply.Refused(1, "no"))));
  }

  @Test
  void udpRequests() {
    Fuzz.run(
        CorpusReaders.named("udp-request"),
        List.of(
            UdpCodec.encode(new UdpRequest.Connect(1)),
            UdpCodec.encode(new UdpRequest.Announce(1, 2, request(), 0, "/a?b=c")),
            UdpCodec.encode(new UdpRequest.Scrape(1, 2, List.of(request().infoHash())))));
  }

  @Test
  void urls() {
    AnnounceRequest request = request();
    CorpusReader reader =
        CorpusReader.of(
            "tracker-url",
            IllegalStateException.class,
            bytes -> {
              String url = new String(bytes, UTF_8);
              HttpAnnounce.url(url, request);
              HttpScrape.url(url, List.of(request.infoHash()));
              UdpCodec.encode(new UdpRequest.Announce(1, 2, request, 0, UdpCodec.urlData(url)));
            });
    Fuzz.run(
        reader,
        List.of(
            latin1("http://t.example:80/announce?passkey=abc%20"),
            latin1("udp://[2001:db8::1]:6969/announce#x"),
            latin1("https://t.example/x/announce.php"),
            latin1("")));
  }

  @Test
  void addresses() {
    CorpusReader reader =
        CorpusReader.of(
            "ip-literal",
            IllegalStateException.class,
            bytes -> IpLiteral.parse(new String(bytes, ISO_8859_1)));
    Fuzz.run(reader, List.of(latin1("192.0.2.1"), latin1("2001:db8::1"), latin1("::ffff:1.2.3.4")));
  }

  @Test
  void ipFilters() {
    Fuzz.run(
        CorpusReaders.named("ip-filter"),
        List.of(
            latin1("192.0.2.0/24\n2001:db8::/32 # x\n192.0.2.1-192.0.2.9"),
            latin1("001.002.003.000 - 001.002.003.255 , 000 , a, b"),
            latin1("a-b:c:1.2.3.4-5.6.7.8\nd:2001:db8::1-2001:db8::2"),
            latin1(P2B + "\1a\0\1\2\3\4\1\2\3\5b\0\2\0\0\0\2\0\0\7"),
            latin1(P2B + "\2\u00c3\u00a9\0\1\2\3\4\1\2\3\5"),
            latin1(P2B + "\3\0\0\0\1a\0\0\0\0\1\0\0\0\0\1\2\3\4\1\2\3\5")));
  }

  private static AnnounceRequest request() {
    return new AnnounceRequest(
        Hash.sha1(new byte[0]),
        new PeerId(new byte[20]),
        6881,
        0,
        0,
        1,
        AnnounceRequest.Event.STARTED,
        50,
        1,
        Optional.of("id"));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
