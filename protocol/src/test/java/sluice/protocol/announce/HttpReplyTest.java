package sluice.protocol.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.protocol.announce.Announces.latin1;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.digest.Hash;

/** Answers of HTTP trackers, good and bad. */
class HttpReplyTest {
  private static final String V6 = " \1\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\1";

  @Test
  void everythingThatATrackerMayTell() {
    AnnounceReply.Peers got =
        peers(
            "d8:completei3e11:external ip4:\u00c0\0\2\t10:incompletei4e8:intervali1800e"
                + "12:min intervali60e5:peers12:\u00c0\0\2\1\u001a\u00e1\u00c0\0\2\2\0\0"
                + "6:peers618:"
                + V6
                + "\u001a\u00e1"
                + "10:tracker id3:xyz15:warning message2:hie");
    assertThat(got.intervalSeconds()).isEqualTo(1800);
    assertThat(got.minIntervalSeconds()).hasValue(60);
    assertThat(got.seeds()).hasValue(3);
    assertThat(got.leeches()).hasValue(4);
    assertThat(got.peers()).containsExactly(at("192.0.2.1", 6881), at("2001:db8::1", 6881));
    assertThat(got.warning()).contains("hi");
    assertThat(got.trackerId()).contains("xyz");
    assertThat(got.externalIp()).isEqualTo(IpLiteral.parse("192.0.2.9"));
  }

  @Test
  void peersAsDictionaries() {
    AnnounceReply.Peers got =
        peers(
            "d8:intervali9e5:peersl"
                + "d2:ip9:192.0.2.17:peer id20:aaaaaaaaaaaaaaaaaaaa4:porti6881ee"
                + "d2:ip11:2001:db8::14:porti1ee"
                + "d2:ip9:localhost4:porti6881ee"
                + "d2:ip9:192.0.2.34:porti0ee"
                + "d2:ip9:192.0.2.34:porti65536ee"
                + "d2:ip9:192.0.2.3e"
                + "d4:porti6881ee"
                + "i5e"
                + "ee");
    assertThat(got.peers()).containsExactly(at("192.0.2.1", 6881), at("2001:db8::1", 1));
  }

  @Test
  void sloppyTrackersAreUnderstood() {
    assertThat(peers("d5:peers0:8:intervali60ee\r\n").intervalSeconds()).isEqualTo(60);
    assertThat(peers("de").peers()).isEmpty();
    assertThat(peers("de").intervalSeconds()).isEqualTo(1800);
    assertThat(peers("d8:intervali-5ee").intervalSeconds()).isEqualTo(1800);
    assertThat(peers("d8:interval4:1800e").intervalSeconds()).isEqualTo(1800);
    assertThat(peers("d8:intervali99999999999ee").intervalSeconds()).isEqualTo(86_400);
    assertThat(peers("d8:completei-1ee").seeds()).isEmpty();
    assertThat(peers("d8:completei99999999999ee").seeds()).hasValue(Integer.MAX_VALUE);
    assertThat(peers("d12:min intervali0ee").minIntervalSeconds()).isEmpty();
    assertThat(peers("d11:external ip3:abce").externalIp()).isEmpty();
    assertThat(peers("d10:tracker id300:" + "x".repeat(300) + "e").trackerId()).isEmpty();
    assertThat(peers("d15:warning message400:" + "\n".repeat(400) + "e").warning())
        .contains("\uFFFD".repeat(300));
  }

  @Test
  void failures() {
    assertThat(parse("d14:failure reason4:gonee"))
        .isEqualTo(new AnnounceReply.Failure("gone", OptionalInt.empty()));
    assertThat(parse("d14:failure reason4:busy8:retry ini15ee"))
        .isEqualTo(new AnnounceReply.Failure("busy", OptionalInt.of(900)));
    assertThat(parse("d14:failure reason4:gone8:retry in5:nevere"))
        .isEqualTo(new AnnounceReply.Failure("gone", OptionalInt.of(AnnounceReply.Failure.NEVER)));
    assertThat(parse("d14:failure reason4:gone8:retry ini-1ee"))
        .isEqualTo(new AnnounceReply.Failure("gone", OptionalInt.empty()));
    assertThat(parse("d14:failure reason4:gone8:retry ini9223372036854775807ee"))
        .isEqualTo(new AnnounceReply.Failure("gone", OptionalInt.of(86_400)));
    assertThat(parse("d14:failure reason0:5:peers7:toolonge"))
        .isInstanceOf(AnnounceReply.Failure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>404</html>",
        "le",
        "i5e",
        "d5:peers",
        "d5:peers5:abcdee",
        "d5:peers7:abcdefge",
        "d6:peers617:abcdefghijklmnopqe",
        "d5:peersi0ee",
        "d5:peersdee",
        "d5:peers999999999999:e",
      })
  void senseless(String body) {
    assertThat(parse(body)).isInstanceOf(AnnounceReply.Malformed.class);
  }

  @Test
  void atMostAThousandPeersAreKept() {
    String many = "\1\2\3\4\5\6".repeat(5_000);
    assertThat(peers("d5:peers30000:" + many + "e").peers()).hasSize(1_000);
    String dictionaries = "d2:ip7:1.2.3.44:porti9ee".repeat(1_500);
    assertThat(peers("d5:peersl" + dictionaries + "ee").peers()).hasSize(1_000);
    String both = "d5:peers5994:" + "\1\2\3\4\5\6".repeat(999) + "6:peers636:";
    assertThat(peers(both + (V6 + "\0\1").repeat(2) + "e").peers()).hasSize(1_000);
  }

  @Test
  void scrapes() {
    assertThat(
            HttpScrape.parse(
                latin1(
                    "d5:filesd20:"
                        + "a".repeat(20)
                        + "d8:completei1e10:downloadedi2e"
                        + "10:incompletei3ee20:"
                        + "b".repeat(20)
                        + "d8:completei-1eeee")))
        .isEqualTo(
            new ScrapeReply.Counts(
                List.of(
                    new ScrapeEntry(Hash.of(latin1("a".repeat(20))), 1, 2, 3),
                    new ScrapeEntry(Hash.of(latin1("b".repeat(20))), 0, 0, 0))));
    assertThat(HttpScrape.parse(latin1("d14:failure reason2:noe")))
        .isEqualTo(new ScrapeReply.Failure("no"));
    for (String bad : new String[] {"", "le", "de", "d5:filesle", "d5:filesd3:abcdeee"}) {
      assertThat(HttpScrape.parse(latin1(bad))).isInstanceOf(ScrapeReply.Malformed.class);
    }
  }

  private static AnnounceReply parse(String body) {
    return HttpAnnounce.parse(latin1(body));
  }

  private static AnnounceReply.Peers peers(String body) {
    AnnounceReply reply = parse(body);
    assertThat(reply).isInstanceOf(AnnounceReply.Peers.class);
    return (AnnounceReply.Peers) reply;
  }

  private static Endpoint at(String ip, int port) {
    return new Endpoint(IpLiteral.parse(ip).orElseThrow(), port);
  }
}
