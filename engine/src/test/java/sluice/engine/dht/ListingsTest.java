package sluice.engine.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeUdp;
import sluice.engine.swarm.ExternalAddress;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.digest.Hash;

/** Many torrents of one node that knows no others. */
class ListingsTest {
  private static final int MANY = 1_000;

  private final FakeLoop loop = new FakeLoop();
  private final Dht dht =
      new Dht(
          loop,
          new FakeUdp(loop),
          new FakeResolver(loop),
          new FakeEntropy(1),
          new ExternalAddress(),
          barred -> false,
          DhtConfig.with(List.of()));

  private Listing list(int number, boolean seed) {
    Hash torrent = Hash.sha1(new byte[] {(byte) number, (byte) (number >> 8)});
    return dht.list(torrent, () -> new Listing.Self(7_777, seed), found -> {});
  }

  @Test
  void whileNobodyAnswersOneWaitsForAll() {
    dht.start(new Endpoint(IpLiteral.parse("1.2.3.4").orElseThrow(), 6_881));
    loop.runSeconds(1);
    int others = loop.waiting();
    List<Listing> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(list(i, true));
    }
    loop.runSeconds(600);
    assertThat(loop.waiting()).as("timers").isLessThan(others + 10);
    all.forEach(Listing::close);
    loop.runSeconds(60);
    assertThat(loop.waiting()).isLessThan(others + 10);
  }
}
