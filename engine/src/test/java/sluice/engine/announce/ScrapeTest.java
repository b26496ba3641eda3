package sluice.engine.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeHttp;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.ScrapeEntry;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.digest.Hash;

/** How many have a torrent, asked of trackers made of bytes (BEP 15, 48). */
class ScrapeTest {
  private static final List<Hash> TWO = List.of(AnnounceWorld.HASH, AnnounceWorld.OTHER_HASH);

  private final AnnounceWorld world = new AnnounceWorld();
  private final List<ScrapeReply> told = new ArrayList<>();

  private ScrapeReply scrape(String url) {
    world.trackers().scrape(url, TWO, told::add);
    world.loop.runSeconds(60);
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  /** Gives an id, and then counts by the position of each hash. */
  private static Optional<byte[]> tracker(Endpoint to, ByteBuffer in) {
    if (in.getInt(8) == 0) {
      return Optional.of(
          ByteBuffer.allocate(16).putInt(0).putInt(in.getInt(12)).putLong(77).array());
    }
    assertThat(in.getLong(0)).isEqualTo(77);
    assertThat(in.getInt(8)).isEqualTo(2);
    int hashes = (in.remaining() - 16) / Hash.SHA1_BYTES;
    ByteBuffer out = ByteBuffer.allocate(8 + 12 * hashes).putInt(2).putInt(in.getInt(12));
    for (int i = 0; i < hashes; i++) {
      out.putInt(10 + i).putInt(20 + i).putInt(30 + i);
    }
    return Optional.of(out.array());
  }

  @Test
  void aUdpTrackerCounts() {
    world.udp.script(ScrapeTest::tracker);
    assertThat(scrape("udp://192.0.2.9:6969/announce"))
        .isEqualTo(
            new ScrapeReply.Counts(
                List.of(
                    new ScrapeEntry(TWO.getFirst(), 10, 20, 30),
                    new ScrapeEntry(TWO.getLast(), 11, 21, 31))));
    assertThat(world.udp.sent).hasSize(2);
  }

  @Test
  void aSilentTrackerIsToldOnce() {
    assertThat(scrape("udp://192.0.2.9:6969/announce"))
        .isEqualTo(new ScrapeReply.Failure("no answer"));
  }

  @Test
  void theAnswerToAnotherQuestionIsNone() {
    world.udp.script((to, in) ->
        in.getInt(8) == 0
            ? tracker(to, in)
            : Optional.of(
                ByteBuffer.allocate(20).putInt(1).putInt(in.getInt(12)).putInt(1_800).array()));
    assertThat(scrape("udp://192.0.2.9:6969/announce"))
        .isEqualTo(new ScrapeReply.Failure("the answer to another question"));
  }

  @Test
  void anHttpTrackerCounts() {
    String key = new String(TWO.getFirst().bytes(), StandardCharsets.ISO_8859_1);
    world.http.script(request ->
        new FakeHttp.Reply(
            200, "d5:filesd20:" + key + "d8:completei4e10:downloadedi9e10:incompletei5eeee"));
    assertThat(scrape("http://192.0.2.9/0123456789abcdef/announce"))
        .isEqualTo(new ScrapeReply.Counts(List.of(new ScrapeEntry(TWO.getFirst(), 4, 9, 5))));
    assertThat(world.http.asked()).containsExactly("http://192.0.2.9/0123456789abcdef/scrape");
    assertThat(world.http.requests.getFirst().uri().getRawQuery().split("info_hash=", -1))
        .hasSize(3);
  }

  @Test
  void refusalsAndAddressesWithoutScrapeAreToldWithoutSecrets() {
    world.http.script(
        request -> new FakeHttp.Reply(200, "d14:failure reason28:bad passkey 0123456789abcdefe"));
    ScrapeReply refused = scrape("http://192.0.2.9/0123456789abcdef/announce");
    assertThat(refused.toString()).contains("bad passkey").doesNotContain("0123456789abcdef");
    told.clear();
    assertThat(scrape("http://192.0.2.9/a")).isInstanceOf(ScrapeReply.Failure.class);
    told.clear();
    assertThat(scrape("ftp://192.0.2.9/announce")).isInstanceOf(ScrapeReply.Failure.class);
    told.clear();
    assertThat(scrape("http://169.254.1.1/announce")).isInstanceOf(ScrapeReply.Failure.class);
    assertThat(world.http.requests).hasSize(1);
  }
}
