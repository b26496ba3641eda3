package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

class CommandTest {
  private final EngineWorld world = EngineWorld.seeding();
  private final InfoHashes hashes = world.content.metainfo().info().hashes();

  @Test
  void aStoppedTorrentClosesItsFilesAndLeavesItsPeers() {
    FakePipe peer = world.net.comeIn(0, Hosts.host(2));
    world.greet(peer, 2, world.infoHash());
    assertThat(world.command(new Command.Stop())).isEqualTo(new Outcome.Done());
    assertThat(peer.isClosed()).isTrue();
    assertThat(world.storage.log.getLast()).isEqualTo("close");
    TorrentSnapshot snapshot = world.engine.snapshot().getFirst();
    assertThat(snapshot.phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
    assertThat(snapshot.havePieces()).as("what is known of it").isEqualTo(4);
    assertThat(snapshot.peers()).isZero();
    FakePipe late = world.net.comeIn(0, Hosts.host(3));
    world.greet(late, 3, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(late.isClosed()).as("a peer that comes to a stopped torrent").isTrue();
  }

  @Test
  void aStoppedTorrentIsStartedAgain() {
    world.command(new Command.Stop());
    assertThat(world.command(new Command.Start())).isEqualTo(new Outcome.Done());
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    FakePipe peer = world.net.comeIn(0, Hosts.host(2));
    world.greet(peer, 2, world.infoHash());
    world.loop.runSeconds(1);
    assertThat(peer.isClosed()).isFalse();
  }

  @Test
  void aRemovedTorrentIsForgotten() {
    assertThat(world.command(new Command.Remove())).isEqualTo(new Outcome.Done());
    assertThat(world.engine.snapshot()).isEmpty();
    assertThat(world.events).endsWith(new EngineEvent.Removed(hashes));
    assertThat(world.storage.log.getLast()).isEqualTo("close");
    assertThat(world.command(new Command.Start())).isEqualTo(new Outcome.Unknown());
    assertThat(world.add().toCompletableFuture()).isNotDone();
    world.loop.runSeconds(1);
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
  }

  @Test
  void aRecheckRunsTheCheckAgain() {
    world.command(new Command.Recheck());
    assertThat(world.events.stream().filter(EngineEvent.Checked.class::isInstance)).hasSize(2);
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
  }

  @Test
  void commandsInARowEndInTheLast() {
    for (Command c : List.of(new Command.Stop(), new Command.Start(), new Command.Stop())) {
      world.engine.command(hashes, c);
    }
    world.command(new Command.Start());
    assertThat(world.phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    assertThat(world.storage.log.stream().filter("close"::equals)).hasSize(1);
  }

  @Test
  void anUnknownTorrentIsToldSo() {
    InfoHashes other = new InfoHashes(Optional.of(Hash.sha1(new byte[1])), Optional.empty());
    var told = world.engine.command(other, new Command.Start()).toCompletableFuture();
    world.loop.runSeconds(1);
    assertThat(told).isCompletedWithValue(new Outcome.Unknown());
  }
}
