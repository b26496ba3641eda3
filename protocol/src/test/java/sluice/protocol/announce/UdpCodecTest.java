package sluice.protocol.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/** Datagrams of BEP 15 and 41 in both directions. */
class UdpCodecTest {
  private static final Endpoint V4 = new Endpoint(IpLiteral.parse("192.0.2.1").orElseThrow(), 6881);
  private static final Endpoint V6 =
      new Endpoint(IpLiteral.parse("2001:db8::1").orElseThrow(), 51413);

  @Test
  void bytesOfBep15() {
    assertThat(hex(UdpCodec.encode(new UdpRequest.Connect(0x01020304))))
        .isEqualTo("00000417271019800000000001020304");
    UdpRequest announce =
        new UdpRequest.Announce(
            0x1122334455667788L,
            9,
            Announces.request(AnnounceRequest.Event.STARTED, -1),
            0,
            "/a?p=x");
    assertThat(hex(UdpCodec.encode(announce)))
        .isEqualTo(
            "11223344556677880000000100000009"
                + Announces.HASH.hex()
                + HexFormat.of().formatHex(Announces.ID.bytes())
                + "000000000000000700000100000000000000000000000005"
                + "00000002000000000000beefffffffff1ae1"
                + "02062f613f703d78");
    assertThat(hex(UdpCodec.encode(new UdpRequest.Scrape(1, 2, List.of(Announces.HASH)))))
        .isEqualTo("00000000000000010000000200000002" + Announces.HASH.hex());
  }

  @ParameterizedTest
  @EnumSource(AnnounceRequest.Event.class)
  void requestsComeBack(AnnounceRequest.Event event) {
    for (int length : new int[] {0, 1, 255, 256, 511, 1020}) {
      String url = "x".repeat(length);
      comesBack(new UdpRequest.Announce(5, event.ordinal(), Announces.request(event, 80), 77, url));
    }
    comesBack(new UdpRequest.Connect(-1));
    for (int count : new int[] {1, 2, 74}) {
      comesBack(new UdpRequest.Scrape(7, 8, Collections.nCopies(count, Announces.HASH)));
    }
  }

  private static void comesBack(UdpRequest request) {
    ByteBuffer datagram = ByteBuffer.wrap(UdpCodec.encode(request));
    assertThat(UdpServerCodec.decode(datagram)).contains(request);
    assertThat(datagram.position()).isZero();
  }

  @Test
  void repliesComeBack() {
    comesBack(new UdpReply.Connected(1, Long.MIN_VALUE), false);
    comesBack(new UdpReply.Announced(2, 1800, 3, 4, List.of(V4, V4)), false);
    comesBack(new UdpReply.Announced(2, 1800, 3, 4, List.of(V6, V6, V6)), true);
    comesBack(new UdpReply.Announced(2, 1800, 3, 4, List.of()), true);
    comesBack(
        new UdpReply.Scraped(
            3, List.of(new UdpReply.Counts(1, 2, 3), new UdpReply.Counts(4, 5, 6))),
        false);
    comesBack(new UdpReply.Refused(4, "not registered"), true);
  }

  private static void comesBack(UdpReply reply, boolean ipv6) {
    ByteBuffer datagram = ByteBuffer.wrap(UdpServerCodec.encode(reply));
    assertThat(UdpCodec.decode(datagram, ipv6)).isEqualTo(reply);
    assertThat(datagram.position()).isZero();
    assertThat(UdpCodec.transaction(datagram).getAsInt()).isEqualTo(datagram.getInt(4));
  }

  /** A reply that is cut anywhere is never taken for more than it says. */
  @Test
  void shortAndLongReplies() {
    byte[] connected = UdpServerCodec.encode(new UdpReply.Connected(1, 2));
    byte[] announced = UdpServerCodec.encode(new UdpReply.Announced(2, 9, 3, 4, List.of(V4, V4)));
    for (int i = 0; i < 16; i++) {
      assertThat(UdpCodec.decode(ByteBuffer.wrap(connected, 0, i), false))
          .isInstanceOf(UdpReply.Malformed.class);
    }
    for (int i = 0; i < announced.length; i++) {
      UdpReply reply = UdpCodec.decode(ByteBuffer.wrap(announced, 0, i), false);
      if (i < 20) {
        assertThat(reply).isInstanceOf(UdpReply.Malformed.class);
      } else {
        assertThat(((UdpReply.Announced) reply).peers()).hasSize((i - 20) / 6);
      }
    }
    ByteBuffer longer = ByteBuffer.allocate(100).put(connected).rewind();
    assertThat(UdpCodec.decode(longer, false)).isEqualTo(new UdpReply.Connected(1, 2));
    assertThat(UdpCodec.transaction(ByteBuffer.allocate(7))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "00000004 00000001, Malformed",
    "ffffffff 00000001 0000000000000000, Malformed",
    "00000003 00000001, Refused",
    "00000002 00000001, Scraped",
    "00000002 00000001 00000001000000020000, Scraped",
  })
  void oddReplies(String datagram, String kind) {
    byte[] bytes = HexFormat.of().parseHex(datagram.replace(" ", ""));
    assertThat(UdpCodec.decode(ByteBuffer.wrap(bytes), false).getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @Test
  void numbersAreMadeSane() {
    UdpReply.Announced odd = new UdpReply.Announced(1, -1, -5, Integer.MAX_VALUE, List.of(V4));
    AnnounceReply.Peers peers = odd.reply();
    assertThat(peers.intervalSeconds()).isEqualTo(1800);
    assertThat(peers.leeches()).isEmpty();
    assertThat(peers.seeds()).hasValue(Integer.MAX_VALUE);
    byte[] scraped =
        UdpServerCodec.encode(new UdpReply.Scraped(1, List.of(new UdpReply.Counts(-1, -2, -3))));
    assertThat(UdpCodec.decode(ByteBuffer.wrap(scraped), false))
        .isEqualTo(new UdpReply.Scraped(1, List.of(new UdpReply.Counts(0, 0, 0))));
    byte[] refused = UdpServerCodec.encode(new UdpReply.Refused(1, "no\n\0rest"));
    assertThat(UdpCodec.decode(ByteBuffer.wrap(refused), false))
        .isEqualTo(new UdpReply.Refused(1, "no\uFFFD"));
  }

  @Test
  void brokenRequestsAreNoRequests() {
    byte[] announce =
        UdpCodec.encode(
            new UdpRequest.Announce(
                1, 2, Announces.request(AnnounceRequest.Event.NONE, 1), 0, "/announce?k=v"));
    for (int i = 0; i < announce.length; i++) {
      boolean whole = i == 98;
      assertThat(UdpServerCodec.decode(ByteBuffer.wrap(announce, 0, i)).isPresent())
          .as("%d bytes", i)
          .isEqualTo(whole);
    }
    ByteBuffer connect = ByteBuffer.wrap(UdpCodec.encode(new UdpRequest.Connect(1)));
    connect.putLong(0, 1);
    assertThat(UdpServerCodec.decode(connect)).isEmpty();
    assertThat(UdpServerCodec.decode(ByteBuffer.allocate(16).putInt(8, 9))).isEmpty();
    assertThat(UdpServerCodec.decode(ByteBuffer.allocate(35).putInt(8, 2))).isEmpty();
  }

  @Test
  void optionsThatAreNotKnownArePassedOver() {
    byte[] plain =
        UdpCodec.encode(
            new UdpRequest.Announce(1, 2, Announces.request(AnnounceRequest.Event.NONE, 1), 0, ""));
    byte[] options =
        HexFormat.of().parseHex("01" + "0702aabb" + "02022f61" + "01" + "0201620002ff");
    ByteBuffer both = ByteBuffer.allocate(200).put(plain).put(options).flip();
    assertThat(UdpServerCodec.decode(both))
        .hasValueSatisfying(r -> assertThat(((UdpRequest.Announce) r).urlData()).isEqualTo("/ab"));
  }

  @ParameterizedTest
  @CsvSource({
    "udp://t.example:80/announce?k=v, /announce?k=v",
    "udp://t.example:80/announce/abc#x, /announce/abc",
    "udp://t.example:80/announce, ''",
    "udp://t.example:80/, ''",
    "udp://t.example:80, ''",
    "udp://t.example:80?k=v, ?k=v",
    "udp://t.example:80/a?k=://x, /a?k=://x",
    "'', ''",
    "#udp://, ''",
  })
  void urlData(String url, String data) {
    assertThat(UdpCodec.urlData(url)).isEqualTo(data);
  }

  @Test
  void limits() {
    assertThat(UdpCodec.urlData("udp://t/" + "x".repeat(2000))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UdpRequest.Scrape(1, 1, Collections.nCopies(75, Announces.HASH)));
    assertThatIllegalArgumentException().isThrownBy(() -> new UdpRequest.Scrape(1, 1, List.of()));
    byte[] many =
        UdpServerCodec.encode(new UdpReply.Announced(1, 1, 1, 1, Collections.nCopies(2000, V4)));
    UdpReply.Announced read = (UdpReply.Announced) UdpCodec.decode(ByteBuffer.wrap(many), false);
    assertThat(read.peers()).hasSize(1_000);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
