package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Fault;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.Message;

class EngineTest {
  private final EngineWorld world =
      new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
  private final InfoHashes hashes = world.content.metainfo().info().hashes();

  @Test
  void downloadsFromAPeerThatTheUserNamed() {
    world.engine.start();
    world.engine.add(
        new TorrentSpec(
            hashes,
            TorrentSource.of(world.content.metainfo(), () -> world.storage),
            true,
            true,
            false,
            List.of(new HostPort("198.18.0.1", 6_881)),
            0,
            0));
    world.loop.runSeconds(1);
    FakePipe pipe = world.net.dials.getFirst().connect();
    FarPeer seed = new FarPeer(pipe);
    seed.hearHandshake();
    world.greet(pipe, 1, world.infoHash());
    seed.say(new Message.HaveAll(), new Message.Unchoke());
    for (int i = 0; i < 20 && !pipe.isClosed(); i++) {
      world.loop.run(100_000_000L);
      for (Message.Request request : seed.heard(Message.Request.class)) {
        int length = request.length();
        seed.sayBlock(
            request.piece(),
            request.begin(),
            world.content.slice(request.piece(), request.begin(), length));
      }
    }
    world.loop.runSeconds(10);
    assertThat(world.events)
        .containsExactly(
            new EngineEvent.Listening(Hosts.any(6_881)),
            new EngineEvent.Checked(hashes, 0, 0, 4),
            new EngineEvent.Completed(hashes));
    TorrentSnapshot snapshot = world.engine.snapshot().getFirst();
    assertThat(snapshot.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    assertThat(snapshot.havePieces()).isEqualTo(4);
    assertThat(snapshot.haveBytes()).isEqualTo(world.content.layout().dataLength());
    assertThat(snapshot.wantedBytes()).isEqualTo(snapshot.haveBytes());
    assertThat(snapshot.downloaded()).isEqualTo(snapshot.haveBytes());
    assertThat(snapshot.wasted()).isZero();
    assertThat(snapshot.seedingNanos()).isBetween(9_000_000_000L, 13_000_000_000L);
  }

  @Test
  void aTorrentIsAddedOnce() {
    world.engine.start();
    var first = world.add();
    var second = world.add();
    world.loop.runSeconds(1);
    assertThat(first.toCompletableFuture()).isCompletedWithValue(new Outcome.Done());
    assertThat(second.toCompletableFuture())
        .isCompletedWithValue(new Outcome.Refused("it is there already"));
    assertThat(world.engine.snapshot()).hasSize(1);
  }

  @Test
  void aFaultIsAnEventAndAPhase() {
    world.storage.prepareFault = Optional.of(new Fault(Fault.Kind.NO_SPACE, "full"));
    world.engine.start();
    world.add();
    world.loop.runSeconds(1);
    assertThat(world.events)
        .contains(new EngineEvent.Faulted(hashes, new Fault(Fault.Kind.NO_SPACE, "full")));
    assertThat(world.engine.snapshot().getFirst().phase()).isEqualTo(TorrentSnapshot.Phase.FAULTED);
  }

  @Test
  void aFaultedTorrentGoesOnWhenItIsAddedAgain() {
    FakeStorage fresh = faulted();
    assertThat(world.storage.log).containsOnlyOnce("close");
    var again = world.add(fresh);
    var twice = world.add(new FakeStorage(world.loop, world.pool, world.content));
    world.loop.runSeconds(1);
    assertThat(again.toCompletableFuture()).isCompletedWithValue(new Outcome.Done());
    assertThat(twice.toCompletableFuture())
        .isCompletedWithValue(new Outcome.Refused("it is there already"));
    assertThat(fresh.log).doesNotContain("close");
    assertThat(world.engine.snapshot())
        .singleElement()
        .extracting(TorrentSnapshot::phase)
        .isEqualTo(TorrentSnapshot.Phase.DOWNLOADING);
  }

  @Test
  void aFaultedTorrentGoesOnWhenItIsStartedAgain() {
    faulted();
    world.storage.prepareFault = Optional.empty();
    assertThat(world.command(new Command.Start())).isEqualTo(new Outcome.Done());
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.DOWNLOADING);
  }

  /** Adds the torrent, which faults; gives a storage that works. */
  private FakeStorage faulted() {
    world.storage.prepareFault = Optional.of(new Fault(Fault.Kind.NO_SPACE, "full"));
    world.engine.start();
    world.add();
    world.loop.runSeconds(1);
    return new FakeStorage(world.loop, world.pool, world.content);
  }

  @Test
  void stopClosesEverythingAndNothingIsLeftToDo() {
    EngineWorld seeding = EngineWorld.seeding();
    FakePipe guest = seeding.net.comeIn(0, Hosts.host(1));
    FakePipe peer = seeding.net.comeIn(0, Hosts.host(2));
    seeding.greet(peer, 2, seeding.infoHash());
    var stopped = seeding.engine.stop();
    seeding.loop.runSeconds(5);
    assertThat(EngineWorld.isDone(stopped)).isTrue();
    assertThat(guest.isClosed()).isTrue();
    assertThat(peer.isClosed()).isTrue();
    assertThat(seeding.net.listening()).isZero();
    assertThat(seeding.storage.log.getLast()).isEqualTo("close");
    assertThat(seeding.pool.available()).isEqualTo(64);
    assertThat(seeding.loop.waiting()).as("tasks").isZero();
    var late = seeding.add();
    seeding.loop.runSeconds(1);
    assertThat(late.toCompletableFuture())
        .isCompletedWithValue(new Outcome.Refused("the engine has stopped"));
    assertThat(EngineWorld.isDone(seeding.engine.stop())).isFalse();
    seeding.loop.runSeconds(1);
  }

  @Test
  void stopWithoutTorrentsIsDone() {
    world.engine.start();
    var stopped = world.engine.stop();
    world.loop.runSeconds(1);
    assertThat(EngineWorld.isDone(stopped)).isTrue();
    assertThat(world.net.listening()).isZero();
    assertThat(world.loop.waiting()).isZero();
  }
}
