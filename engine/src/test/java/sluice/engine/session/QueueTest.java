package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.policy.QueueLimits.UNLIMITED;
import static sluice.engine.session.TorrentSnapshot.Phase.CHECKING;
import static sluice.engine.session.TorrentSnapshot.Phase.DOWNLOADING;
import static sluice.engine.session.TorrentSnapshot.Phase.QUEUED;
import static sluice.engine.session.TorrentSnapshot.Phase.SEEDING;
import static sluice.engine.session.TorrentSnapshot.Phase.STOPPED;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakeStorage;
import sluice.engine.policy.QueueLimits;
import sluice.engine.port.Fault;

/** How many torrents of a session run, and which. */
class QueueTest {
  private static QueueWorld world(int downloads, int seeds, int active, int checks) {
    QueueLimits limits = new QueueLimits(downloads, seeds, active, checks);
    return new QueueWorld(Policies.NONE.queue(limits));
  }

  @Test
  void withoutLimitsAllRunAndNobodyIsToldOfAQueue() {
    QueueWorld world = new QueueWorld(Policies.NONE);
    world.add(9, false);
    assertThat(world.phases()).containsOnly(DOWNLOADING);
    assertThat(world.events).noneMatch(EngineEvent.Queued.class::isInstance);
  }

  @Test
  void theFirstOnesDownloadAndTheOthersWaitForTheirTurn() {
    QueueWorld world = world(2, 9, 9, 9);
    world.add(4, false);
    assertThat(world.phases()).containsExactly(DOWNLOADING, DOWNLOADING, QUEUED, QUEUED);
    assertThat(world.events)
        .contains(new EngineEvent.Queued(world.hashes(2)), new EngineEvent.Queued(world.hashes(3)));
    assertThat(world.storages.get(2).log).as("what waits is closed").endsWith("close");
    world.command(0, new Command.Stop());
    assertThat(world.phases()).containsExactly(STOPPED, DOWNLOADING, DOWNLOADING, QUEUED);
    assertThat(world.events).contains(new EngineEvent.Unqueued(world.hashes(2)));
    world.command(1, new Command.Remove());
    assertThat(world.phases()).containsExactly(STOPPED, DOWNLOADING, DOWNLOADING);
    world.command(0, new Command.Start());
    assertThat(world.phases()).containsExactly(QUEUED, DOWNLOADING, DOWNLOADING);
  }

  @Test
  void aPeerThatNamesOneThatWaitsIsSentAway() {
    QueueWorld world = world(0, 9, 9, 9);
    world.add(1, false);
    assertThat(world.visit(0, 1).isClosed()).isTrue();
  }

  @Test
  void aForcedOneTakesNoPlace() {
    QueueWorld world = world(1, 9, 9, 9);
    world.add(3, false);
    world.command(2, new Command.Force());
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED, DOWNLOADING);
    assertThat(world.snapshot(2).place().forced()).isTrue();
    world.command(2, new Command.Start());
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED, QUEUED);
    assertThat(world.snapshot(2).place().forced()).isFalse();
    world.command(2, new Command.Stop());
    world.command(2, new Command.Force());
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED, DOWNLOADING);
  }

  @Test
  void oneThatIsAddedForcedRuns() {
    QueueWorld world = world(0, 0, 0, 1);
    TorrentSpec spec = world.spec(false);
    world.engine.add(spec.terms(spec.terms().place(new QueuePlace(7, true))));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING);
    assertThat(world.snapshot(0).place()).isEqualTo(new QueuePlace(7, true));
  }

  @Test
  void whatIsMovedToTheTopRunsInsteadOnceTheOtherHasHadItsTime() {
    QueueWorld world = world(1, 9, 9, 9);
    world.add(3, false);
    world.move(2, new QueueMove.Top());
    world.loop.runSeconds(1);
    assertThat(world.phases()).as("no flapping").containsExactly(DOWNLOADING, QUEUED, QUEUED);
    world.engine.queue(new QueueLimits(1, 9, 9, 9, 0, 0));
    world.loop.runSeconds(125);
    assertThat(world.phases()).containsExactly(QUEUED, QUEUED, DOWNLOADING);
  }

  @Test
  void slowOnesAreNotCountedUpToTheTotal() {
    QueueWorld world = world(1, 1, 3, 9);
    world.add(4, false);
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED, QUEUED, QUEUED);
    world.loop.runSeconds(62);
    assertThat(world.phases()).containsExactly(DOWNLOADING, DOWNLOADING, QUEUED, QUEUED);
    world.loop.runSeconds(300);
    assertThat(Collections.frequency(world.phases(), DOWNLOADING)).isEqualTo(3);
  }

  @Test
  void whatIsCompleteTakesAPlaceAmongSeeds() {
    QueueWorld world = world(1, 2, UNLIMITED, 9);
    world.add(4, true);
    assertThat(world.phases()).containsExactly(SEEDING, SEEDING, QUEUED, QUEUED);
    world.add(1, false);
    assertThat(world.phases()).endsWith(DOWNLOADING);
  }

  @Test
  void oneIsCheckedAfterTheOther() {
    QueueWorld world = world(9, 9, 9, 1);
    for (int i = 0; i < 3; i++) {
      world.engine.add(world.spec(false));
      world.storages.get(i).hold();
    }
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(CHECKING, QUEUED, QUEUED);
    world.storages.get(0).resume();
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, CHECKING, QUEUED);
    world.command(1, new Command.Stop());
    world.storages.forEach(FakeStorage::resume);
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, STOPPED, DOWNLOADING);
    for (int each : List.of(0, 2)) {
      world.command(each, new Command.Stop());
      world.command(each, new Command.Recheck());
    }
    assertThat(world.phases()).containsOnly(STOPPED);
    world.storages.getFirst().hold();
    world.command(0, new Command.Start());
    world.command(2, new Command.Start());
    assertThat(world.phases()).containsExactly(CHECKING, STOPPED, QUEUED);
    world.storages.forEach(FakeStorage::resume);
    world.loop.runSeconds(2);
    assertThat(world.phases()).containsExactly(DOWNLOADING, STOPPED, DOWNLOADING);
  }

  @Test
  void oneThatCannotGoOnGivesItsPlaceAway() {
    QueueWorld world = world(1, 9, 9, 9);
    world.add(2, false);
    TorrentSpec broken = world.spec(false);
    world.storages.get(2).checkFault = Optional.of(new Fault(Fault.Kind.IO, "gone"));
    world.engine.add(broken);
    world.loop.runSeconds(1);
    world.move(2, new QueueMove.Top());
    world.command(0, new Command.Stop());
    world.command(1, new Command.Stop());
    world.command(0, new Command.Start());
    assertThat(world.phases()).containsExactly(DOWNLOADING, STOPPED, TorrentSnapshot.Phase.FAULTED);
  }

  @Test
  void limitsChangeWhileItRuns() {
    QueueWorld world = new QueueWorld(Policies.NONE);
    world.add(4, false);
    world.engine.queue(new QueueLimits(1, 1, 9, 1));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, QUEUED, QUEUED, QUEUED);
    world.engine.queue(new QueueLimits(2, 1, 9, 1));
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, DOWNLOADING, QUEUED, QUEUED);
    world.command(3, new Command.Stop());
    world.engine.queue(QueueLimits.OPEN);
    world.loop.runSeconds(1);
    assertThat(world.phases()).containsExactly(DOWNLOADING, DOWNLOADING, DOWNLOADING, STOPPED);
    world.command(3, new Command.Start());
    assertThat(world.phases()).containsOnly(DOWNLOADING);
  }

  @Test
  void whatStandsClosedTakesAPlaceWhenItIsOpened() {
    QueueWorld world = world(9, 1, 9, 9);
    world.addClosed();
    world.addClosed();
    FakePipe first = world.visit(0, 1);
    assertThat(first.isClosed()).isFalse();
    FakePipe second = world.visit(1, 2);
    assertThat(second.isClosed()).as("there is no place").isTrue();
    assertThat(world.phases()).as("it goes on standing closed").containsOnly(SEEDING);
    first.reset();
    world.loop.runSeconds(65);
    assertThat(world.visit(1, 3).isClosed()).as("the first has been closed").isFalse();
  }

  @Test
  void nobodyHasAPlaceBeforeAllHaveCome() {
    QueueWorld world = world(1, 9, 9, 9);
    world.engine.gather(true);
    world.add(3, false);
    world.loop.runSeconds(5);
    assertThat(world.phases()).containsOnly(QUEUED);
    world.move(2, new QueueMove.Top());
    world.engine.gather(false);
    world.loop.runSeconds(5);
    assertThat(world.phases()).containsExactly(QUEUED, QUEUED, DOWNLOADING);
  }

  @Test
  void theRollCallOpensAsManyAsHaveAPlace() {
    QueueWorld world = world(9, 2, 9, 9);
    for (int i = 0; i < 5; i++) {
      world.addClosed();
    }
    world.loop.runSeconds(2);
    assertThat(world.storages.stream().filter(s -> s.log.contains("check"))).hasSize(2);
    assertThat(world.phases()).containsOnly(SEEDING);
    world.command(4, new Command.Stop());
    world.command(4, new Command.Start());
    assertThat(world.phases()).containsOnly(SEEDING);
    world.loop.runSeconds(500);
    assertThat(world.storages.stream().filter(s -> s.log.contains("check")))
        .as("all had their turn")
        .hasSize(5);
  }

  @Test
  void theSessionStopsWithoutAnybodyHavingHisTurn() {
    QueueWorld world = world(1, 9, 9, 9);
    world.add(3, false);
    var stopped = world.engine.stop().toCompletableFuture();
    world.loop.runSeconds(5);
    assertThat(stopped).isDone();
    assertThat(world.phases()).isEqualTo(List.of(STOPPED, STOPPED, STOPPED));
  }
}
