package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.session.TorrentSnapshot.Phase.SEEDING;
import static sluice.engine.session.TorrentSnapshot.Phase.STOPPED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FarPeer;
import sluice.engine.policy.Bound;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** When torrents have shared enough, and what becomes of them. */
class ShareLimitTest {
  private static final long MINUTE = 60;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static ShareRule ratio(long permille, ShareAction action) {
    return new ShareRule(Bound.at(permille), Bound.inherit(), Bound.inherit(), Optional.of(action));
  }

  private static ShareRule seeding(long minutes, ShareAction action) {
    Bound bound = Bound.at(minutes * MINUTE * SECOND_NANOS);
    return new ShareRule(Bound.inherit(), bound, Bound.inherit(), Optional.of(action));
  }

  private static ShareRule idle(long minutes, ShareAction action) {
    Bound bound = Bound.at(minutes * MINUTE * SECOND_NANOS);
    return new ShareRule(Bound.inherit(), Bound.inherit(), bound, Optional.of(action));
  }

  private static QueueWorld world(ShareRule rule) {
    return new QueueWorld(Policies.NONE.share(rule));
  }

  /** Peer {@code n} takes all of {@code torrent} once. */
  private static FakePipe take(QueueWorld world, int torrent, int n) {
    FakePipe pipe = world.visit(torrent, n);
    FarPeer peer = new FarPeer(pipe);
    peer.hearHandshake();
    peer.say(new Message.Interested());
    world.loop.runSeconds(20);
    PieceLayout layout = world.contents.get(torrent).layout();
    for (int i = 0; i < layout.pieceCount(); i++) {
      peer.say(new Message.Request(i, 0, PieceLayout.BLOCK));
    }
    world.loop.runSeconds(2);
    return pipe;
  }

  @Test
  void aRatioIsRelativeToTheDataThatWereThere() {
    QueueWorld world = world(ratio(2_000, ShareAction.STOP));
    world.add(1, true);
    take(world, 0, 1);
    assertThat(world.phases()).containsExactly(SEEDING);
    take(world, 0, 2);
    assertThat(world.phases()).containsExactly(STOPPED);
    assertThat(world.events)
        .contains(new EngineEvent.SharedEnough(world.hashes(0), ShareAction.STOP));
  }

  @Test
  void timeOfSeedingIsThatOfAllRuns() {
    QueueWorld world = world(seeding(60, ShareAction.STOP));
    world.add(1, true);
    world.loop.runSeconds(40 * MINUTE);
    world.command(0, new Command.Stop());
    world.loop.runSeconds(100 * MINUTE);
    world.command(0, new Command.Start());
    world.loop.runSeconds(15 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING);
    world.loop.runSeconds(6 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED);
  }

  @Test
  void timeWithoutAnUploadIsThatOfAllRuns() {
    QueueWorld world = world(idle(30, ShareAction.STOP));
    world.add(1, true);
    take(world, 0, 1);
    world.loop.runSeconds(20 * MINUTE);
    world.command(0, new Command.Stop());
    world.loop.runSeconds(100 * MINUTE);
    world.command(0, new Command.Start());
    world.loop.runSeconds(8 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING);
    world.loop.runSeconds(3 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED);
  }

  @Test
  void whoeverIsAskedIsNotIdle() {
    QueueWorld world = world(idle(30, ShareAction.STOP));
    world.add(2, true);
    world.loop.runSeconds(20 * MINUTE);
    take(world, 1, 1);
    world.loop.runSeconds(15 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, SEEDING);
    world.loop.runSeconds(16 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, STOPPED);
  }

  @Test
  void aTorrentsOwnRuleComesFirst() {
    QueueWorld world = world(seeding(10, ShareAction.STOP));
    ShareRule never =
        new ShareRule(Bound.inherit(), Bound.never(), Bound.inherit(), Optional.empty());
    TorrentSpec spec = world.spec(true);
    world.engine.add(spec.terms(spec.terms().share(never)));
    world.add(1, true);
    world.loop.runSeconds(11 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING, STOPPED);
    world.engine.share(world.hashes(0), seeding(12, ShareAction.REMOVE));
    world.loop.runSeconds(2 * MINUTE);
    assertThat(world.phases()).as("removed").containsExactly(STOPPED);
    assertThat(world.storages.get(0).log).doesNotContain("delete");
  }

  @Test
  void theRuleOfItsClassComesBeforeThatOfTheSession() {
    QueueWorld world = world(seeding(30, ShareAction.STOP));
    world.engine.classShares(
        Map.of("brief", seeding(10, ShareAction.STOP), "long", seeding(90, ShareAction.REMOVE)));
    for (String name : List.of("brief", "long", "other")) {
      TorrentSpec spec = world.spec(true);
      world.engine.add(spec.terms(spec.terms().in(name)));
    }
    TorrentSpec own = world.spec(true);
    world.engine.add(own.terms(own.terms().in("brief").share(seeding(20, ShareAction.STOP))));
    world.loop.runSeconds(11 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, SEEDING, SEEDING, SEEDING);
    world.loop.runSeconds(10 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, SEEDING, SEEDING, STOPPED);
    world.loop.runSeconds(10 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, SEEDING, STOPPED, STOPPED);
    world.command(1, new Command.Classed("brief"));
    world.loop.runSeconds(2);
    assertThat(world.phases()).containsExactly(STOPPED, STOPPED, STOPPED, STOPPED);
  }

  @Test
  void theRuleOfTheSessionIsChangedWhileItRuns() {
    QueueWorld world = world(ShareRule.INHERIT);
    world.add(1, true);
    world.loop.runSeconds(20 * MINUTE);
    world.engine.share(seeding(30, ShareAction.STOP));
    world.loop.runSeconds(9 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING);
    world.loop.runSeconds(2 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED);
  }

  @Test
  void aForcedOneSharesOn() {
    QueueWorld world = world(seeding(10, ShareAction.STOP));
    world.add(1, true);
    world.command(0, new Command.Force());
    world.loop.runSeconds(20 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING);
    world.command(0, new Command.Start());
    assertThat(world.phases()).containsExactly(STOPPED);
  }

  @Test
  void whatStoppedGivesItsPlaceToTheNext() {
    QueueWorld world =
        new QueueWorld(
            Policies.NONE
                .queue(new QueueLimits(1, 1, 9, 9, 0, 0))
                .share(seeding(5, ShareAction.STOP)));
    world.add(2, true);
    assertThat(world.phases()).containsExactly(SEEDING, TorrentSnapshot.Phase.QUEUED);
    world.loop.runSeconds(6 * MINUTE);
    assertThat(world.phases()).containsExactly(STOPPED, SEEDING);
  }

  @Test
  void aSuperSeedShowsNewPeersOnePieceAndGoesOn() {
    QueueWorld world = world(seeding(5, ShareAction.SUPER_SEED));
    world.add(1, true);
    world.loop.runSeconds(10 * MINUTE);
    assertThat(world.phases()).containsExactly(SEEDING);
    assertThat(world.events.stream().filter(EngineEvent.SharedEnough.class::isInstance))
        .as("told once")
        .hasSize(1);
    FarPeer peer = new FarPeer(world.visit(0, 1));
    peer.hearHandshake();
    assertThat(peer.heard()).anyMatch(Message.HaveNone.class::isInstance);
  }

  @Test
  void theDataGoWithTheTorrentIfThatIsWanted() {
    QueueWorld world = world(seeding(5, ShareAction.REMOVE_WITH_DATA));
    world.add(1, true);
    world.loop.runSeconds(4 * MINUTE);
    assertThat(world.storages.getFirst().log).doesNotContain("delete");
    world.loop.runSeconds(2 * MINUTE);
    assertThat(world.engine.snapshot()).isEmpty();
    assertThat(world.storages.getFirst().log.stream().filter("delete"::equals)).hasSize(1);
  }
}
