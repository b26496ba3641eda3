package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FarPeer;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;
import sluice.engine.rate.PeerRate;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpNetwork;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** What torrents say about classes and peers reaches their bandwidth, and changes at once. */
class RateLimitTest {
  private static final long SLOW = 1_000;
  private static final int ASKED = 8;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long BLOCK = PieceLayout.BLOCK;

  private final QueueWorld world = new QueueWorld(Policies.NONE);

  private void add(Terms terms) {
    world.engine.add(world.spec(true).terms(terms));
    world.loop.runSeconds(1);
  }

  private FarPeer visit(int torrent, int n) {
    return visit(world, torrent, n);
  }

  private static FarPeer visit(QueueWorld world, int torrent, int n) {
    FakePipe pipe = world.visit(torrent, n);
    FarPeer peer = new FarPeer(pipe);
    peer.hearHandshake();
    peer.say(new Message.Interested());
    world.loop.runSeconds(20);
    return peer;
  }

  /** Whether {@code peer} is sent what it asks for within 5 s. */
  private boolean isFast(int torrent, FarPeer peer) {
    return isFast(world, torrent, peer);
  }

  private static boolean isFast(QueueWorld world, int torrent, FarPeer peer) {
    long before = world.snapshot(torrent).uploaded();
    for (int i = 0; i < ASKED; i++) {
      peer.say(new Message.Request(i % 2, 0, PieceLayout.BLOCK));
      world.loop.run(SECOND_NANOS / 2);
    }
    world.loop.runSeconds(1);
    return world.snapshot(torrent).uploaded() - before >= ASKED * BLOCK;
  }

  private void classes(String name, long ceiling) {
    ClassSpec spec = ClassSpec.of(name, new ClassLimits(1, ceiling, 0));
    world.engine.bandwidth(new BandwidthPlan(0, 0, List.of(spec)));
  }

  @Test
  void aTorrentHasTheLimitsOfTheClassThatItWasAddedIn() {
    classes("slow", SLOW);
    add(Terms.DEFAULT.in("slow"));
    add(Terms.DEFAULT);
    assertThat(isFast(0, visit(0, 1))).isFalse();
    assertThat(isFast(1, visit(1, 2))).isTrue();
  }

  @Test
  void anotherClassHoldsAtOnceAndOtherLimitsLeaveIt() {
    classes("slow", SLOW);
    add(Terms.DEFAULT);
    FarPeer peer = visit(0, 1);
    assertThat(isFast(0, peer)).isTrue();
    world.command(0, new Command.Classed("slow"));
    world.command(0, new Command.Limits(0, 100 * BLOCK));
    assertThat(isFast(0, peer)).isFalse();
    world.command(0, new Command.Classed(BandwidthPlan.ORDINARY));
    world.loop.runSeconds(5);
    assertThat(isFast(0, peer)).isTrue();
  }

  @Test
  void peersHaveTheClassOfTheirAddressWhateverTheirTorrents() {
    classes("slow", SLOW);
    world.engine.peerClasses(List.of(rule("198.18.0.2/31", "slow"), rule("198.18.0.0/16", "")));
    add(Terms.DEFAULT);
    FarPeer near = visit(0, 1);
    FarPeer far = visit(0, 2);
    assertThat(isFast(0, near)).isTrue();
    assertThat(isFast(0, far)).isFalse();
    world.command(0, new Command.Classed("slow"));
    assertThat(isFast(0, near)).as("its address comes before its torrent").isTrue();
    world.engine.peerClasses(List.of());
    world.command(0, new Command.Classed(BandwidthPlan.ORDINARY));
    world.loop.runSeconds(5);
    assertThat(isFast(0, far)).isTrue();
  }

  @Test
  void classesOfAConfigurationHoldFromTheStart() {
    Policies policies =
        Policies.NONE.classes(
            List.of(ClassSpec.of("slow", new ClassLimits(1, SLOW, 0))),
            List.of(rule("198.18.0.2", "slow")));
    QueueWorld configured = new QueueWorld(policies);
    configured.engine.add(configured.spec(true));
    configured.engine.add(configured.spec(true).terms(Terms.DEFAULT.in("slow")));
    configured.loop.runSeconds(1);
    assertThat(isFast(configured, 0, visit(configured, 0, 1))).isTrue();
    assertThat(isFast(configured, 0, visit(configured, 0, 2))).isFalse();
    assertThat(isFast(configured, 1, visit(configured, 1, 3))).isFalse();
  }

  private static PeerClass rule(String network, String name) {
    return new PeerClass(IpNetwork.parse(network).orElseThrow(), name);
  }

  @Test
  void aClassThatIsNotThereLimitsNothing() {
    classes("slow", SLOW);
    add(Terms.DEFAULT.in("unknown"));
    assertThat(isFast(0, visit(0, 1))).isTrue();
  }

  @Test
  void eachPeerHasTheLimitOfPeersUnlessItHasItsOwn() {
    add(Terms.DEFAULT.peerRate(new PeerRate(0, SLOW)));
    FakePipe pipe = world.visit(0, 1);
    FarPeer peer = new FarPeer(pipe);
    peer.hearHandshake();
    peer.say(new Message.Interested());
    world.loop.runSeconds(20);
    assertThat(isFast(0, peer)).isFalse();
    Endpoint address = pipe.remote();
    world.command(0, new Command.OnePeer(address, new PeerRate(0, 100 * BLOCK)));
    world.loop.runSeconds(5);
    assertThat(isFast(0, peer)).isTrue();
    world.command(0, new Command.PeerRates(PeerRate.UNLIMITED));
    world.command(0, new Command.OnePeer(address, new PeerRate(0, SLOW)));
    assertThat(isFast(0, peer)).isFalse();
  }

  @Test
  void aPeerOfWhatDoesNotRunCannotBeLimited() {
    add(Terms.DEFAULT);
    Endpoint address = world.visit(0, 1).remote();
    world.command(0, new Command.Stop());
    assertThat(world.command(0, new Command.OnePeer(address, new PeerRate(1, 1))))
        .isInstanceOf(Outcome.Refused.class);
  }
}
