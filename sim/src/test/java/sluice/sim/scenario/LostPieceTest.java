package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import sluice.engine.peer.Extension;
import sluice.protocol.wire.Message;
import sluice.sim.disk.SimDisk;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.WirePeer.Script;
import sluice.sim.scenario.WirePeer.Wire;

/** A peer that loses pieces and says so (BEP 54). */
class LostPieceTest {
  private static final int PIECES = 16;
  private static final int PIECE_BYTES = 65_536;
  private static final BitSet LOST = BitSet.valueOf(new long[] {0b0001_0000_1110_0000});

  /** What was on its way when the loss was told may still come. */
  private static final long ON_THE_WAY_NANOS = 1_000_000_000L;

  private final Swarm swarm =
      new Swarm(54, SimTorrent.v1(54, PIECE_BYTES, (long) PIECES * PIECE_BYTES)).withoutTracker();

  private int served;
  private int late;

  /** A seed that finds out that a piece is gone when it is asked for it; it does not answer. */
  private final class Losing implements Script {
    private final Wire wire;
    private final long[] toldNanos = new long[PIECES];

    Losing(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void onOpen() {
      wire.send(new Message.HaveAll());
      wire.send(new Message.Unchoke());
    }

    @Override
    public void onMessage(Message message) {
      if (message instanceof Message.Request(int piece, int begin, int length)) {
        if (LOST.get(piece)) {
          lose(piece);
        } else {
          served++;
          wire.sendBlock(piece, begin, wire.torrent().block(piece, begin, length));
        }
      }
    }

    private void lose(int piece) {
      long now = swarm.world().now();
      if (toldNanos[piece] == 0) {
        toldNanos[piece] = now;
        ByteBuffer payload = ByteBuffer.allocate(Integer.BYTES).putInt(piece).flip();
        wire.send(new Message.Extended(Extension.DONT_HAVE.id(), payload));
      } else if (now - toldNanos[piece] > ON_THE_WAY_NANOS) {
        late++;
      }
    }
  }

  private EnginePeer leechOfTheLosing() {
    EnginePeer leech = swarm.leech("leech", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(1));
    SimHost host = swarm.host("losing", LinkProfile.home(), SimDisk.fast());
    new WirePeer(host, swarm.torrent(), Losing::new).dial(leech.endpoint());
    return leech;
  }

  /** Half a minute later nothing but the lost pieces is missing, and somebody else has them. */
  @Test
  void whatIsLostComesFromOthers() {
    EnginePeer leech = leechOfTheLosing();
    swarm.runFor(Duration.ofSeconds(30));
    for (int piece = 0; piece < PIECES; piece++) {
      assertThat(leech.volume().isGood(piece)).as("piece %d", piece).isNotEqualTo(LOST.get(piece));
    }
    EnginePeer seed = swarm.seed("seed", LinkProfile.home());
    seed.start();
    swarm.runUntil("the leech has all", leech::isComplete, Duration.ofSeconds(10));
    assertThat(served).isEqualTo((PIECES - LOST.cardinality()) * 4);
    assertThat(late).isZero();
    assertThat(seed.snapshot().orElseThrow().uploaded())
        .isEqualTo((long) LOST.cardinality() * PIECE_BYTES);
    swarm.finish();
  }

  /**
   * The other is there from the start, and slow: none of its pieces waits for the peer's silence.
   */
  @Test
  void nobodyWaitsForTheLoser() {
    EnginePeer leech = leechOfTheLosing();
    EnginePeer seed = swarm.seed("seed", LinkProfile.home().rates(100_000, 0));
    seed.start();
    long begin = swarm.world().now();
    swarm.runUntil("the leech has all", leech::isComplete, Duration.ofSeconds(15));
    System.out.printf(
        "%d of %d pieces lost: complete after %.1f s%n",
        LOST.cardinality(), PIECES, (swarm.world().now() - begin) / 1e9);
    assertThat(late).isZero();
    assertThat(seed.snapshot().orElseThrow().uploaded())
        .isGreaterThanOrEqualTo((long) LOST.cardinality() * PIECE_BYTES);
    swarm.finish();
  }
}
