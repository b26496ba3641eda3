package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.policy.PeerLimits;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Message;

/** How many connections there may be, and who has to leave. */
class PeerLimitTest {
  private static final long MINUTE = 60;

  private final QueueWorld world = new QueueWorld(Policies.NONE);

  private void limit(int session, int perTorrent, int perAddress) {
    world.engine.limits(new PeerLimits(session, 50, perTorrent, perAddress));
    world.loop.run(0);
  }

  private static long open(List<FakePipe> pipes) {
    return pipes.stream().filter(p -> !p.isClosed()).count();
  }

  /** {@code count} peers visit {@code torrent}, the first of them called {@code from}. */
  private List<FakePipe> visit(int torrent, int from, int count) {
    List<FakePipe> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(world.visit(torrent, from + i));
    }
    return all;
  }

  @Test
  void limitsOfTheSessionAndOfATorrentAreRaisedAndLowered() {
    world.add(2, true);
    limit(6, 4, 9);
    assertThat(open(visit(0, 1, 5))).as("of a torrent").isEqualTo(4);
    assertThat(open(visit(1, 10, 5))).as("what is left of the session").isEqualTo(2);
    limit(20, 4, 9);
    assertThat(open(visit(1, 20, 5))).isEqualTo(2);
    limit(20, 9, 9);
    assertThat(open(visit(1, 30, 5))).isEqualTo(5);
  }

  @Test
  void lowerLimitsCloseWhatIsTooMany() {
    world.add(2, true);
    List<FakePipe> first = visit(0, 1, 12);
    List<FakePipe> second = visit(1, 50, 6);
    limit(500, 8, 9);
    world.loop.runSeconds(3);
    assertThat(open(first)).isEqualTo(8);
    assertThat(open(second)).isEqualTo(6);
    limit(7, 8, 9);
    world.loop.runSeconds(3);
    assertThat(open(first) + open(second)).isEqualTo(7);
    assertThat(open(first)).as("each loses its part").isBetween(3L, 5L);
  }

  @Test
  void aTorrentHasALimitOfItsOwn() {
    world.add(2, true);
    List<FakePipe> first = visit(0, 1, 12);
    List<FakePipe> second = visit(1, 50, 6);
    world.command(0, new Command.MaxPeers(5));
    world.loop.runSeconds(3);
    assertThat(open(first)).isEqualTo(5);
    assertThat(open(second)).isEqualTo(6);
    assertThat(open(visit(0, 80, 3))).isZero();
    world.command(0, new Command.MaxPeers(0));
    assertThat(open(visit(0, 90, 3))).isEqualTo(3);
  }

  @Test
  void oneAddressHasSoManyConnections() {
    world.add(1, true);
    limit(500, 100, 2);
    List<FakePipe> same = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      same.add(world.net.comeIn(0, Hosts.host(1, 1_000 + i)));
    }
    assertThat(open(same)).isEqualTo(2);
    assertThat(world.net.comeIn(0, Hosts.host(2)).isClosed()).isFalse();
    same.getFirst().reset();
    world.loop.runSeconds(1);
    assertThat(world.net.comeIn(0, Hosts.host(1, 2_000)).isClosed())
        .as("a place is free")
        .isFalse();
  }

  @Test
  void theSameHoldsForThoseThatAreDialled() {
    world.add(1, false);
    limit(500, 100, 2);
    List<Endpoint> peers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      peers.add(Hosts.host(1, 1_000 + i));
    }
    peers.add(Hosts.host(2));
    world.engine.offer(world.hashes(0), peers);
    world.loop.runSeconds(1);
    assertThat(world.net.dials.stream().map(FakeNet.Dial::remote).toList())
        .contains(Hosts.host(2))
        .hasSize(3);
    for (int refused = 0, second = 0; second < 60; second++) {
      for (; refused < world.net.dials.size(); refused++) {
        world.net.dials.get(refused).refuse();
      }
      world.loop.runSeconds(1);
    }
    assertThat(world.net.dials.stream().map(d -> d.remote().port()).distinct())
        .as("the others have their turn")
        .hasSize(5);
  }

  /** {@code taker} asks for a block each second; the others only stay. */
  private void stay(long seconds, FarPeer taker, List<FakePipe> idle) {
    for (int i = 0; i < seconds; i++) {
      taker.say(new Message.Request(0, 0, 16_384));
      idle.stream().filter(p -> !p.isClosed()).forEach(p -> p.deliver(new byte[4]));
      world.loop.runSeconds(1);
    }
  }

  @Test
  void whenItIsFullTheLeastUsefulMakesRoomNowAndThen() {
    world.add(1, true);
    limit(500, 5, 9);
    FakePipe useful = world.visit(0, 1);
    FarPeer taker = new FarPeer(useful);
    taker.hearHandshake();
    taker.say(new Message.Interested());
    List<FakePipe> idle = visit(0, 2, 4);
    stay(6 * MINUTE, taker, idle);
    assertThat(open(idle)).as("nobody else is known").isEqualTo(4);
    world.engine.offer(world.hashes(0), List.of(Hosts.host(99)));
    stay(6 * MINUTE, taker, idle);
    assertThat(open(idle)).isEqualTo(3);
    assertThat(useful.isClosed()).isFalse();
    assertThat(world.net.dials).hasSize(1);
    assertThat(world.net.dials.getFirst().remote()).isEqualTo(Hosts.host(99));
  }
}
