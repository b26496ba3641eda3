package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.port.Fault;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.wire.Message;

/** Two torrents of one session with the same file. */
class SiblingTest {
  private final EngineWorld world =
      new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));

  /** One torrent and its disk. */
  private final class Side {
    final Content content;
    final FakeStorage storage;

    Side(Content content) {
      this.content = content;
      this.storage = new FakeStorage(world.loop, world.pool, content);
    }

    InfoHashes hashes() {
      return content.metainfo().info().hashes();
    }

    void add() {
      world.engine.add(TorrentSpec.of(content.metainfo(), () -> storage));
      world.loop.run(0);
    }

    TorrentSnapshot now() {
      return world.engine.snapshot(hashes()).orElseThrow();
    }

    void command(Command command) {
      var told = world.engine.command(hashes(), command).toCompletableFuture();
      world.loop.runSeconds(5);
      assertThat(told).isCompletedWithValue(new Outcome.Done());
    }

    /** A peer that has unchoked us and says {@code pieces} before. */
    FarPeer peer(int n, Message pieces) {
      FakePipe pipe = world.net.comeIn(0, Hosts.host(n));
      world.greet(pipe, n, hashes().wire().getFirst());
      FarPeer far = new FarPeer(pipe);
      far.hearHandshake();
      far.say(pieces, new Message.Unchoke());
      return far;
    }

    /** Lets {@code far} answer for a second. */
    void serve(FarPeer far) {
      for (int i = 0; i < 10; i++) {
        for (Message.Request asked : far.heard(Message.Request.class)) {
          byte[] block = content.slice(asked.piece(), asked.begin(), asked.length());
          far.sayBlock(asked.piece(), asked.begin(), block);
        }
        world.loop.run(100_000_000L);
      }
    }
  }

  /** It is closed while nobody wants it. */
  private record KeptSource(Side side) implements TorrentSource {
    @Override
    public void open(Handler handler) {
      handler.onOpened(side.content.metainfo(), side.storage);
    }

    @Override
    public boolean isKept() {
      return true;
    }
  }

  private Side complete(Content content) {
    world.engine.start();
    Side side = new Side(content);
    side.storage.fill();
    side.add();
    world.loop.runSeconds(1);
    assertThat(side.now().phase()).isEqualTo(Phase.SEEDING);
    return side;
  }

  private void check(Side side) {
    assertThat(side.now().phase()).isEqualTo(Phase.SEEDING);
    assertThat(side.now().downloaded()).isZero();
    assertThat(side.now().wasted()).isZero();
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
    assertThat(world.events).noneMatch(e -> e instanceof EngineEvent.PeerBanned);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whatASiblingHasIsNotDownloaded(Version version) {
    Side one = complete(Content.of(12, 2, version));
    Side two = new Side(one.content.twin(2, version));
    two.add();
    FarPeer seed = two.peer(2, new Message.HaveAll());
    world.loop.runSeconds(2);
    check(two);
    assertThat(seed.heard(Message.Request.class)).isEmpty();
    assertThat(one.storage.log).doesNotContain("commit 0");
  }

  @Test
  void piecesOfV2MayHaveAnotherLength() {
    Side one = complete(Content.of(13, 1, Version.V2));
    Side two = new Side(one.content.twin(4, Version.HYBRID));
    two.add();
    world.loop.runSeconds(2);
    check(two);
    Side three = new Side(one.content.twin(2, Version.V2));
    three.add();
    world.loop.runSeconds(2);
    check(three);
  }

  @Test
  void aTorrentThatRestsLendsAndIsClosedAgain() {
    Side one = complete(Content.of(12, 2));
    one.command(new Command.Stop());
    assertThat(one.storage.log).endsWith("close");
    one.storage.log.clear();
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(2);
    check(two);
    assertThat(one.storage.log).endsWith("close").contains("read 1").hasSize(13);
    assertThat(one.now().phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void whoLendsIsNotClosedForWantOfPeers() {
    Side one = new Side(Content.of(12, 2));
    one.storage.fill();
    world.engine.start();
    TorrentSource kept = new KeptSource(one);
    world.engine.add(new TorrentSpec(one.hashes(), kept, true, true, false, List.of(), 0, 0));
    world.loop.runSeconds(1);
    one.storage.hold();
    Side two = new Side(one.content.privateTwin(2));
    two.add();
    world.loop.runSeconds(10);
    assertThat(two.now().phase()).isEqualTo(Phase.DOWNLOADING);
    one.storage.resume();
    world.loop.runSeconds(1);
    check(two);
    assertThat(one.storage.log).doesNotContain("close");
    world.loop.runSeconds(5);
    assertThat(one.storage.log).endsWith("close");
  }

  @Test
  void aPieceThatComesIsGivenToTheSibling() {
    Side one = new Side(Content.of(6, 2));
    Side two = new Side(one.content.twin(2, Version.V1));
    world.engine.start();
    one.add();
    two.add();
    world.loop.runSeconds(1);
    FarPeer seed = one.peer(2, new Message.HaveAll());
    for (int i = 0; i < 4; i++) {
      one.serve(seed);
    }
    assertThat(one.now().phase()).isEqualTo(Phase.SEEDING);
    check(two);
  }

  @Test
  void eachGetsFromTheOtherWhatOnlyThatHas() {
    Side one = new Side(Content.of(6, 2));
    Side two = new Side(one.content.twin(2, Version.V1));
    world.engine.start();
    one.storage.fill();
    one.storage.good.clear(0, 3);
    two.storage.fill();
    two.storage.good.clear(3, 6);
    one.add();
    two.add();
    world.loop.runSeconds(3);
    check(one);
    check(two);
  }

  @Test
  void peersOfASiblingAreTriedUnlessOneOfTheTwoIsPrivate() {
    Side one = new Side(Content.of(6, 2));
    Side two = new Side(one.content.twin(2, Version.V1));
    Side hidden = new Side(one.content.privateTwin(2));
    world.engine.start();
    one.add();
    world.engine.offer(one.hashes(), List.of(Hosts.host(9)));
    world.loop.runSeconds(1);
    FakePipe pipe = world.net.dials.getLast().connect();
    world.greet(pipe, 9, one.hashes().wire().getFirst());
    hidden.add();
    world.loop.runSeconds(15);
    assertThat(world.net.dials).hasSize(1);
    two.add();
    world.loop.runSeconds(15);
    assertThat(two.now().knownPeers()).isOne();
    assertThat(hidden.now().knownPeers()).isZero();
    assertThat(world.net.dials).hasSize(2);
    assertThat(world.net.dials.getLast().remote()).isEqualTo(Hosts.host(9));
  }

  @Test
  void dataAreSharedWithAPrivateTorrent() {
    Side one = complete(Content.of(6, 2));
    Side hidden = new Side(one.content.privateTwin(2));
    hidden.add();
    world.loop.runSeconds(2);
    check(hidden);
  }

  @Test
  void alteredDataAreLeftToPeersAndNobodyIsBanned() {
    Side one = complete(Content.of(3, 2));
    FakeStorage empty = new FakeStorage(world.loop, world.pool, one.content);
    empty.good.set(0, 3);
    one.command(new Command.Remove());
    Side altered = new Side(one.content);
    world.engine.add(TorrentSpec.of(one.content.metainfo(), () -> empty));
    Side two = new Side(altered.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(2);
    assertThat(two.now().havePieces()).isZero();
    FarPeer seed = two.peer(2, new Message.HaveAll());
    for (int i = 0; i < 3; i++) {
      two.serve(seed);
    }
    assertThat(two.now().phase()).isEqualTo(Phase.SEEDING);
    assertThat(two.now().downloaded()).isEqualTo(two.content.layout().dataLength());
    assertThat(two.now().wasted()).isZero();
    assertThat(world.events).noneMatch(e -> e instanceof EngineEvent.PeerBanned);
  }

  @Test
  void aSiblingThatCannotBeReadIsNoFault() {
    Side one = complete(Content.of(3, 2));
    one.storage.readFault = Optional.of(new Fault(Fault.Kind.MISSING, "gone"));
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    FarPeer seed = two.peer(2, new Message.HaveAll());
    for (int i = 0; i < 4; i++) {
      two.serve(seed);
    }
    assertThat(two.now().phase()).isEqualTo(Phase.SEEDING);
    assertThat(one.now().phase()).isEqualTo(Phase.SEEDING);
    assertThat(two.now().downloaded()).isEqualTo(two.content.layout().dataLength());
  }

  @Test
  void aSiblingThatStopsInTheMiddleLeavesTheRestToPeers() {
    Side one = complete(Content.of(12, 2));
    one.storage.hold();
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(1);
    world.engine.command(one.hashes(), new Command.Stop());
    world.loop.runSeconds(1);
    one.storage.resume();
    world.loop.runSeconds(1);
    FarPeer seed = two.peer(2, new Message.HaveAll());
    for (int i = 0; i < 5; i++) {
      two.serve(seed);
    }
    assertThat(two.now().phase()).isEqualTo(Phase.SEEDING);
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
  }

  @Test
  void aSiblingOnADiskThatHangsIsNotWaitedFor() {
    Side one = complete(Content.of(3, 2));
    one.storage.hold();
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(25);
    FarPeer seed = two.peer(2, new Message.HaveAll());
    for (int i = 0; i < 4; i++) {
      two.serve(seed);
    }
    assertThat(two.now().phase()).isEqualTo(Phase.SEEDING);
    one.storage.resume();
    world.loop.runSeconds(1);
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
  }

  @Test
  void nothingIsWrittenBeforeTheFilesAreMade() {
    Side one = complete(Content.of(3, 2));
    Side silent = new Side(one.content.privateTwin(2));
    silent.storage.fill();
    boolean[] answers = {true};
    TorrentSource source =
        handler -> {
          if (answers[0]) {
            handler.onOpened(silent.content.metainfo(), silent.storage);
          }
        };
    world.engine.add(new TorrentSpec(silent.hashes(), source, true, true, false, List.of(), 0, 0));
    world.loop.runSeconds(1);
    silent.command(new Command.Stop());
    answers[0] = false;
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(1);
    assertThat(two.storage.log).doesNotContain("prepare", "commit 0");
    world.loop.runSeconds(3);
    check(two);
    assertThat(two.storage.log.indexOf("commit 0"))
        .isGreaterThan(two.storage.log.indexOf("prepare"));
  }

  @Test
  void aBorrowerThatStopsInTheMiddleGivesAllMemoryBack() {
    Side one = complete(Content.of(12, 2));
    one.storage.hold();
    Side two = new Side(one.content.twin(2, Version.V1));
    two.add();
    world.loop.runSeconds(1);
    two.command(new Command.Stop());
    one.storage.resume();
    world.loop.runSeconds(1);
    assertThat(two.now().phase()).isEqualTo(Phase.STOPPED);
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
    two.command(new Command.Start());
    check(two);
  }
}
