package sluice.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Block;
import sluice.protocol.address.Endpoint;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimPool;
import sluice.sim.world.SimWorld;

class SimPipeTest {
  private static final long SECOND = 1_000_000_000;
  private static final InetAddress A = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress B = InetAddress.ofLiteral("10.0.0.2");

  private final SimWorld world = new SimWorld(5);
  private final SimNetwork network = new SimNetwork(world);
  private final SimLoop loopA = world.loop("a");
  private final SimLoop loopB = world.loop("b");
  private final Receiver client = new Receiver();
  private final Receiver server = new Receiver();
  private SimNet netA;
  private SimNet netB;

  private void connect(LinkProfile a, LinkProfile b) {
    netA = network.attach(loopA, A, a);
    netB = network.attach(loopB, B, b);
    loopB.execute(() -> netB.listen(new Endpoint(B, 6881), server));
    world.runFor(Duration.ofMillis(1));
    loopA.execute(() -> netA.connect(new Endpoint(B, 6881), 5 * SECOND, client));
    world.runFor(Duration.ofSeconds(2));
  }

  private void onA(Runnable task) {
    loopA.execute(task);
    world.runFor(Duration.ofNanos(1));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Chance(9).fill(bytes);
    return bytes;
  }

  private void send(byte[] bytes) {
    onA(() -> {
      client.inside = true;
      client.pipe.write(ByteBuffer.wrap(bytes));
      client.pipe.flush();
      client.inside = false;
    });
  }

  @Test
  void bytesComeInOrderOverABadLine() {
    connect(LinkProfile.poor().rates(0, 0), LinkProfile.home());
    byte[] sent = random(3_000_000);
    for (int at = 0; at < sent.length; at += 300_000) {
      send(Arrays.copyOfRange(sent, at, at + 300_000));
    }
    world.runFor(Duration.ofMinutes(2));
    assertThat(server.received()).isEqualTo(sent);
    assertThat(client.events).containsOnlyOnce("connected").contains("drained");
    assertThat(server.events).containsExactly("listening 6881", "accepted");
  }

  @Test
  void ratesOfBothSidesLimit() {
    connect(LinkProfile.fast().rates(100_000, 0), LinkProfile.fast());
    send(new byte[500_000]);
    world.runFor(Duration.ofMillis(4_900));
    assertThat(server.received().length).isBetween(470_000, 495_000);
    world.runFor(Duration.ofMillis(300));
    assertThat(server.received()).hasSize(500_000);
  }

  @Test
  void unreadBytesStayWithTheSender() {
    connect(LinkProfile.fast(), LinkProfile.fast());
    loopB.execute(() -> server.pipe.reading(false));
    send(new byte[4_000_000]);
    world.runFor(Duration.ofSeconds(5));
    assertThat(server.received()).isEmpty();
    assertThat(client.pipe.pending()).isEqualTo(4_000_000 - SimPipe.WINDOW_BYTES);
    loopB.execute(() -> server.pipe.reading(true));
    world.runFor(Duration.ofSeconds(5));
    assertThat(server.received()).hasSize(4_000_000);
    assertThat(client.pipe.pending()).isZero();
  }

  @Test
  void unflushedBytesDoNotLeave() {
    connect(LinkProfile.fast(), LinkProfile.fast());
    onA(() -> client.pipe.write(ByteBuffer.allocate(10)));
    world.runFor(Duration.ofSeconds(1));
    assertThat(server.received()).isEmpty();
    onA(() -> client.pipe.flush());
    world.runFor(Duration.ofSeconds(1));
    assertThat(server.received()).hasSize(10);
  }

  @Test
  void holdsOnBlocksEndWhenSentOrClosed() {
    connect(LinkProfile.fast().rates(16_384, 0), LinkProfile.fast());
    SimPool pool = new SimPool(3);
    onA(() -> {
      for (int i = 0; i < 3; i++) {
        Block block = pool.take();
        client.pipe.write(block, 4, 16_380);
      }
      client.pipe.flush();
    });
    world.runFor(Duration.ofMillis(1_500));
    assertThat(pool.available()).isBetween(1, 2);
    onA(() -> client.pipe.close());
    assertThat(pool.available()).isEqualTo(3);
  }

  @Test
  void closeFollowsTheBytesAndIsToldToBothOnce() {
    connect(LinkProfile.home(), LinkProfile.home());
    send(random(1_000));
    world.runFor(Duration.ofMillis(2));
    onA(() -> {
      client.pipe.close();
      client.pipe.close();
    });
    world.runFor(Duration.ofSeconds(3));
    assertThat(client.events).containsExactly("connected", "closed: closed here");
    assertThat(server.received()).isEqualTo(random(1_000));
    assertThat(server.events.getLast()).isEqualTo("closed: closed");
    assertThat(server.events).hasSize(3);
    assertThat(network.openPipes()).isZero();
  }

  @Test
  void aCutHoldsBytesBackUntilItHeals() {
    connect(LinkProfile.fast(), LinkProfile.fast());
    network.cut(A, B);
    send(random(100_000));
    world.runFor(Duration.ofSeconds(10));
    assertThat(server.received()).isEmpty();
    network.heal();
    world.runFor(Duration.ofSeconds(1));
    assertThat(server.received()).isEqualTo(random(100_000));
  }

  @Test
  void resetTellsBothAndLosesBytes() {
    connect(LinkProfile.home(), LinkProfile.home());
    send(random(100_000));
    network.reset(A, B);
    world.runFor(Duration.ofSeconds(10));
    assertThat(client.events).endsWith("closed: connection reset");
    assertThat(server.events).endsWith("closed: connection reset");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aDeadProcessIsToldUnlessItFallsSilent() {
    connect(LinkProfile.fast(), LinkProfile.fast());
    loopB.kill();
    netB.drop(false);
    world.runFor(Duration.ofSeconds(1));
    assertThat(client.events).endsWith("closed: closed");
    assertThat(network.openPipes()).isZero();
  }
}
