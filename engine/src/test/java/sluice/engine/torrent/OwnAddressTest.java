package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeHttp;
import sluice.engine.rate.TorrentLimits;

/** What a tracker says of our own address is one vote (BEP 24). */
class OwnAddressTest {
  private static final InetAddress SEEN = InetAddress.ofLiteral("1.2.3.4");

  private static TorrentWorld announced(String answer) {
    Content content = Content.of(4, 2).announced("http://t.example/announce");
    TorrentWorld world = new TorrentWorld(content, 16);
    world.http.script(r -> new FakeHttp.Reply(200, answer));
    for (int network = 1; network <= 4; network++) {
      world.self.peer(InetAddress.ofLiteral("5.6." + network + ".1"), SEEN);
    }
    world.start(
        content.metainfo(),
        new TorrentOptions(true, true, List.of(), TorrentLimits.of(0, 0), 50, 8));
    world.run(2);
    assertThat(world.http.requests).isNotEmpty();
    return world;
  }

  @Test
  void trackersTellIt() {
    TorrentWorld world = announced("d11:external ip4:\1\2\3\0048:intervali1800e5:peers0:e");
    assertThat(world.self.ipv4()).contains(SEEN);
  }

  @Test
  void itIsNotTakenFromOneThatSaysNothingOrSomethingElse() {
    for (String said : List.of("", "11:external ip4:\1\2\3\005", "11:external ip3:\1\2\3")) {
      TorrentWorld world = announced("d" + said + "8:intervali1800e5:peers0:e");
      assertThat(world.self.ipv4()).isEmpty();
    }
  }
}
