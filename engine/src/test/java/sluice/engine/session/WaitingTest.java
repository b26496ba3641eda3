package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.protocol.metainfo.InfoHashes;

class WaitingTest {
  private final EngineWorld world =
      new EngineWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))));
  private final InfoHashes hashes = world.content.metainfo().info().hashes();
  private final CountedSource source = CountedSource.waiting(world);

  private void add() {
    world.storage.fill();
    world.engine.start();
    world.engine.add(new TorrentSpec(hashes, source, true, true, false, List.of(), 0, 0));
    world.loop.run(100_000_000L);
  }

  @Test
  void aCompleteTorrentIsShownAsSeedingAndNotOpened() {
    add();
    assertThat(source.opened()).isZero();
    TorrentSnapshot snapshot = world.engine.snapshot().getFirst();
    assertThat(snapshot.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    assertThat(snapshot.havePieces()).isEqualTo(4);
  }

  @Test
  void itIsOpenedForAPeerThatNamesItAndServesIt() {
    add();
    FakePipe pipe = world.net.comeIn(0, Hosts.host(2));
    world.greet(pipe, 2, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(source.opened()).isOne();
    assertThat(pipe.isClosed()).isFalse();
    assertThat(world.engine.snapshot().getFirst().peers()).isOne();
  }

  @Test
  void itHasItsTurnAndIsClosedAgainWhenNobodyComes() {
    add();
    world.loop.runSeconds(2);
    assertThat(source.opened()).as("its turn").isOne();
    world.loop.runSeconds(5);
    assertThat(world.storage.log).endsWith("close");
    world.loop.runSeconds(300);
    assertThat(source.opened()).as("left alone").isOne();
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    FakePipe pipe = world.net.comeIn(0, Hosts.host(2));
    world.greet(pipe, 2, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(source.opened()).as("for the peer").isEqualTo(2);
    assertThat(pipe.isClosed()).isFalse();
  }

  @Test
  void itIsStoppedAndRemovedWithoutBeingOpened() {
    add();
    assertThat(world.command(new Command.Stop())).isEqualTo(new Outcome.Done());
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
    assertThat(world.command(new Command.Remove())).isEqualTo(new Outcome.Done());
    assertThat(world.engine.snapshot()).isEmpty();
    assertThat(source.opened()).isZero();
  }
}
