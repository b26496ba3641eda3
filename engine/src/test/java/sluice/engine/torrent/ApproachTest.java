package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakePipe;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.address.HostPort;
import sluice.protocol.wire.HandshakeCodec;

/** How a peer is dialled after it has hung up. */
class ApproachTest {
  private final StringBuilder tries = new StringBuilder();
  private TorrentWorld world;
  private int answered;

  private void start(EncryptionPolicy policy) {
    world = new TorrentWorld(Content.of(4, 2), 64, policy);
    world.start(
        world.content.metainfo(),
        new TorrentOptions(
            true, false, List.of(new HostPort("10.0.0.1", 6_881)), TorrentLimits.of(0, 0), 50, 8));
    world.run(1);
  }

  /** The peer accepts what was dialled, listens to the first bytes and hangs up. */
  private void hangUp() {
    while (answered < world.net.dials.size()) {
      FakePipe pipe = world.net.dials.get(answered++).connect();
      world.loop.run(0);
      byte[] first = pipe.take();
      tries.append(HandshakeCodec.isPlain(java.nio.ByteBuffer.wrap(first)) ? 'p' : 'e');
      pipe.reset();
      world.loop.run(0);
    }
    tries.append(' ');
    world.run(70);
  }

  private String triesOf(EncryptionPolicy policy) {
    start(policy);
    for (int i = 0; i < 4; i++) {
      hangUp();
    }
    assertThat(world.connections.open() + world.connections.halfOpen()).isLessThanOrEqualTo(1);
    return tries.toString().strip();
  }

  @Test
  void bothApproachesAreTriedOnceAndThenOneAtATime() {
    assertThat(triesOf(EncryptionPolicy.ALLOWED)).isEqualTo("pe p e p");
  }

  @Test
  void preferredBeginsEncrypted() {
    assertThat(triesOf(EncryptionPolicy.PREFERRED)).isEqualTo("ep e p e");
  }

  @Test
  void forcedIsNeverPlain() {
    assertThat(triesOf(EncryptionPolicy.FORCED)).isEqualTo("e e e e");
  }

  @Test
  void offIsNeverEncrypted() {
    assertThat(triesOf(EncryptionPolicy.OFF)).isEqualTo("p p p p");
  }

  @Test
  void anApproachThatWorkedIsRemembered() {
    start(EncryptionPolicy.PREFERRED);
    hangUpOnce();
    FakePipe pipe = world.net.dials.get(answered++).connect();
    pipe.take();
    pipe.deliver(HandshakeCodec.encode(world.handshake(1, true, false)));
    world.run(1);
    assertThat(world.torrent().peers()).hasSize(1);
    pipe.reset();
    world.run(70);
    hangUp();
    assertThat(tries.toString().strip()).isEqualTo("e p");
    assertThat(world.connections.open()).isZero();
  }

  private void hangUpOnce() {
    FakePipe pipe = world.net.dials.get(answered++).connect();
    world.loop.run(0);
    tries.append("e ");
    pipe.reset();
    world.loop.run(0);
  }
}
