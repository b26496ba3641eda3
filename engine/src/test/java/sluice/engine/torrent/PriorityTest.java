package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.PeerPriority;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;

/** The canonical priority (BEP 40) is used once peers have told who we are. */
class PriorityTest {
  private static final int DIALS = 20;

  private final TorrentWorld world = new TorrentWorld(Content.of(4, 2), 64);

  /** A peer of network {@code n} says that it sees us at {@code ours}. */
  private void tell(int n, InetAddress ours) {
    FarPeer far = world.join(Hosts.host(n << 8), world.handshake(n, true, true));
    ExtensionHandshake told = new ExtensionHandshake.Draft().yourIp(ours).handshake();
    far.say(new Message.Extended(0, ByteBuffer.wrap(ExtensionHandshakeCodec.encode(told))));
    world.loop.run(0);
  }

  private static List<Endpoint> strangers() {
    List<Endpoint> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(Hosts.host(20_000 + 7 * i));
    }
    return all;
  }

  private List<Endpoint> dialled() {
    world.torrent().offer(strangers(), Source.TRACKER);
    return world.net.dials.stream().map(FakeNet.Dial::remote).toList();
  }

  @Test
  void whoHasPriorityIsDialledFirst() {
    InetAddress ours = Hosts.host(60_000).address();
    world.start();
    tell(1, ours);
    tell(2, ours);
    tell(3, Hosts.host(50_000).address());
    for (int n = 4; n <= 6; n++) {
      tell(n, ours);
    }
    world.run(2);
    List<Endpoint> expected = new ArrayList<>(strangers());
    Endpoint self = new Endpoint(ours, 6_881);
    expected.sort(
        Comparator.<Endpoint>comparingLong(e -> Integer.toUnsignedLong(PeerPriority.of(self, e)))
            .reversed());
    assertThat(dialled()).containsExactlyElementsOf(expected.subList(0, DIALS));
  }

  @Test
  void fourPeersAreNotBelieved() {
    world.start();
    for (int n = 1; n <= 4; n++) {
      tell(n, Hosts.host(60_000).address());
    }
    world.run(2);
    assertThat(dialled()).as("as they came").isEqualTo(strangers().subList(0, DIALS));
  }
}
