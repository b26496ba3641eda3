package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.port.Fault;
import sluice.engine.port.Fault.Kind;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

class TorrentTest {
  private static final Fault BROKEN = new Fault(Kind.IO, "broken");

  private TorrentWorld world = new TorrentWorld(Content.of(20, 4), 256);

  @AfterEach
  void nothingLeaks() {
    boolean[] stopped = new boolean[1];
    world.torrent().stop(() -> stopped[0] = true);
    world.storage.resume();
    world.loop.runSeconds(1);
    assertThat(stopped[0]).as("stopped").isTrue();
    assertThat(world.storage.log.getLast()).isEqualTo("close");
    assertThat(world.isClean()).as("memory is free").isTrue();
    assertThat(world.connections.open()).isZero();
    assertThat(world.torrent().peers()).isEmpty();
  }

  @Test
  void checksDownloadsAndSeeds() {
    world.start();
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Downloading.class);
    FarPeer seed = world.seed(1);
    FarPeer leecher = world.join(2, true);
    leecher.say(new Message.HaveNone(), new Message.Interested());
    world.run(5, seed);
    assertThat(world.told).containsExactly("checked 0/20", "completed");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
    assertThat(world.storage.log).hasSize(23).startsWith("check", "prepare");
    assertThat(seed.pipe().isClosed()).as("a seed is of no use to a seed").isTrue();
    assertThat(leecher.heard(Message.Have.class)).hasSize(20).doesNotHaveDuplicates();
    assertThat(world.torrent().counters().downloaded()).isEqualTo(20L * 4 * PieceLayout.BLOCK);
    assertThat(world.torrent().counters().wasted()).isZero();
    leecher.say(TorrentWorld.request(7, 2));
    world.run(1);
    assertThat(leecher.blocks()).hasSize(1);
  }

  @Test
  void seedsWhatTheCheckFinds() {
    world.storage.fill();
    world.start();
    assertThat(world.told).containsExactly("checked 20/20");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
    assertThat(world.storage.log).containsExactly("check", "probe");
    FarPeer leecher = world.join(2, true);
    assertThat(leecher.heard()).containsExactly(new Message.HaveAll());
  }

  @Test
  void downloadsWhatTheCheckMisses() {
    world.storage.fill();
    world.storage.good.clear(3, 5);
    world.start();
    FarPeer seed = world.seed(1);
    world.run(2, seed);
    assertThat(world.storage.log).hasSize(5).contains("commit 3", "commit 4");
    assertThat(world.told).containsExactly("checked 18/20", "completed");
  }

  @Test
  void aPartialSeedServesAndAsksForNothing() {
    world.storage.fill();
    world.storage.good.clear(3, 5);
    world.start(world.content.metainfo(), TorrentWorld.options(false));
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
    FarPeer other = world.join(sluice.engine.fake.Hosts.host(1), world.handshake(1, true, true));
    List<Message> greeting = other.heard();
    assertThat(greeting).hasSize(2);
    assertThat(greeting.getFirst()).isInstanceOf(Message.Bitfield.class);
    Message.Extended extended = (Message.Extended) greeting.get(1);
    assertThat(new String(extended.payload().array(), java.nio.charset.StandardCharsets.US_ASCII))
        .contains("11:upload_onlyi1e");
    other.say(new Message.HaveNone(), new Message.Have(3), new Message.Unchoke());
    other.say(new Message.Interested(), TorrentWorld.request(1, 0));
    world.run(1);
    assertThat(other.heard(Message.Interested.class)).isEmpty();
    other.say(TorrentWorld.request(1, 0), TorrentWorld.request(3, 0));
    world.run(1);
    assertThat(other.blocks()).hasSize(2);
    assertThat(other.heard(Message.RejectRequest.class)).hasSize(1);
    FarPeer seed = world.seed(2);
    assertThat(seed.pipe().isClosed()).isTrue();
  }

  @Test
  void aFaultOfTheCheckStopsIt() {
    world.storage.checkFault = Optional.of(BROKEN);
    world.start();
    assertThat(world.told).containsExactly("faulted IO");
  }

  @Test
  void aFaultOfThePreparationStopsIt() {
    world.storage.prepareFault = Optional.of(new Fault(Kind.NO_SPACE, "full"));
    world.start();
    assertThat(world.told).containsExactly("checked 0/20", "faulted NO_SPACE");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Faulted.class);
  }

  @Test
  void aFaultOfACommitStopsIt() {
    world.start();
    FarPeer seed = world.seed(1);
    world.storage.commitFault = Optional.of(BROKEN);
    world.run(2, seed);
    assertThat(world.told).containsExactly("checked 0/20", "faulted IO");
    assertThat(seed.pipe().isClosed()).isTrue();
  }

  @Test
  void aFaultOfAReadStopsIt() {
    world.storage.fill();
    world.start();
    FarPeer leecher = world.join(2, false);
    leecher.say(new Message.Interested());
    world.storage.readFault = Optional.of(BROKEN);
    leecher.say(TorrentWorld.request(1, 0));
    world.run(1);
    assertThat(world.told).containsExactly("checked 20/20", "faulted IO");
    assertThat(leecher.pipe().isClosed()).isTrue();
  }

  @Test
  void aFaultedTorrentLetsNobodyIn() {
    world.storage.prepareFault = Optional.of(BROKEN);
    world.start();
    FarPeer late = world.join(3, true);
    assertThat(late.pipe().isClosed()).isTrue();
    assertThat(world.connections.open()).isZero();
  }

  @Test
  void stopsDuringTheCheck() {
    world.storage.hold();
    world.start();
    FarPeer early = world.join(1, true);
    assertThat(early.pipe().isClosed()).isTrue();
    world.torrent().stop(() -> world.told.add("stopped"));
    world.storage.resume();
    world.loop.runSeconds(1);
    assertThat(world.told).containsExactly("stopped");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Stopped.class);
    assertThat(world.storage.log).containsExactly("check", "close");
  }

  @Test
  void stopsWithCommitsUnderWay() {
    world.start();
    FarPeer seed = world.seed(1);
    world.storage.hold();
    world.run(1, seed);
    assertThat(world.storage.log).contains("commit 5");
    world.torrent().stop(() -> world.told.add("stopped"));
    world.storage.resume();
    world.loop.runSeconds(1);
    assertThat(world.told).containsExactly("checked 0/20", "stopped");
    assertThat(world.torrent().picker().have().count()).isPositive();
  }

  @Test
  void aV2TorrentIsDownloaded() {
    world = new TorrentWorld(Content.of(4, 2, MetainfoBuilder.Version.V2), 64);
    world.start();
    world.run(2, world.seed(1));
    assertThat(world.told).containsExactly("checked 0/4", "completed");
  }

  @Test
  void sendsKeepAlivesAndClosesSilentPeers() {
    world.start();
    FarPeer silent = world.join(1, true);
    FarPeer alive = world.join(2, true);
    silent.heard();
    alive.heard();
    world.run(100);
    alive.say(new Message.KeepAlive());
    world.run(2);
    assertThat(silent.heard()).containsExactly(new Message.KeepAlive());
    world.run(17);
    assertThat(silent.pipe().isClosed()).isFalse();
    world.run(2);
    assertThat(silent.pipe().isClosed()).isTrue();
    assertThat(alive.pipe().isClosed()).isFalse();
  }
}
