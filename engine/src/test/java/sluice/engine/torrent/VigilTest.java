package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Extension;
import sluice.engine.pick.PickOptions;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;

/** Somebody else changes the files of a torrent that is shared. */
class VigilTest {
  private static final int PIECES = 20;

  /** The id under which the far peers take lt_donthave. */
  private static final int THEIR_ID = 33;

  private final TorrentWorld world = new TorrentWorld(Content.of(PIECES, 4), 256);
  private final long bytes = world.content.layout().dataLength();

  private void seed(boolean download, boolean durable) {
    world.storage.fill();
    files(bytes, 1);
    TorrentOptions options =
        new TorrentOptions(
            download,
            false,
            List.of(),
            TorrentLimits.of(0, 0),
            50,
            8,
            Optional.empty(),
            durable,
            PickOptions.DEFAULT);
    world.start(world.content.metainfo(), options);
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
  }

  /** So the only file looks from here on. */
  private void files(long sizeBytes, long changedNanos) {
    world.storage.presence =
        new Presence(
            Optional.of(new RootIdentity("disk")),
            new Stamps(new long[] {sizeBytes}, new long[] {changedNanos}),
            Long.MAX_VALUE);
  }

  /** Pieces 3 and 4 are overwritten. */
  private void overwrite() {
    world.storage.good.clear(3, 5);
    files(bytes, 2);
  }

  /** A peer that has nothing, speaks lt_donthave or not, and is let ask. */
  private FarPeer leech(int n, boolean fast, boolean tells) {
    FarPeer far = world.join(Hosts.host(n), world.handshake(n, fast, true));
    ExtensionHandshake told =
        new ExtensionHandshake.Draft()
            .ids(tells ? Map.of(Extension.DONT_HAVE.wireName(), THEIR_ID) : Map.of())
            .handshake();
    byte[] payload = ExtensionHandshakeCodec.encode(told);
    far.say(new Message.Extended(0, ByteBuffer.wrap(payload)), new Message.Interested());
    world.run(1);
    return far;
  }

  /** The peer gets a block of a piece that is not damaged, so that there is a reason to look. */
  private void take(FarPeer far, int piece) {
    far.say(TorrentWorld.request(piece, 0));
    world.run(1);
    assertThat(far.blocks()).hasSize(1);
  }

  private static int lost(Message.Extended message) {
    assertThat(message.id()).isEqualTo(THEIR_ID);
    return message.payload().getInt(0);
  }

  private static Iterable<Integer> lost(FarPeer far) {
    return far.heard(Message.Extended.class).stream()
        .filter(message -> message.id() != 0)
        .map(VigilTest::lost)
        .toList();
  }

  @Test
  void whatWasOverwrittenIsTakenBackAndFetchedAgain() {
    seed(true, true);
    FarPeer far = leech(1, true, true);
    FarPeer old = leech(2, true, false);
    FarPeer ancient = leech(3, false, false);
    overwrite();
    take(far, 0);
    world.run(12);
    assertThat(lost(far)).containsExactly(3, 4);
    assertThat(lost(old)).isEmpty();
    assertThat(old.pipe().isClosed()).isFalse();
    assertThat(ancient.pipe().isClosed()).as("it cannot be told otherwise").isTrue();
    assertThat(world.told).endsWith("lost 2");
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Downloading.class);
    assertThat(world.torrent().picker().have().count()).isEqualTo(PIECES - 2);
    assertThat(world.torrent().picker().missingBytes()).isEqualTo(bytes / PIECES * 2);
    assertThat(world.checkpoints.getLast().have().count()).isEqualTo(PIECES - 2);
    old.say(TorrentWorld.request(3, 0), TorrentWorld.request(5, 0));
    world.run(1);
    assertThat(old.heard(Message.RejectRequest.class)).hasSize(1);
    assertThat(old.blocks()).hasSize(1);
    FarPeer late = world.join(9, true);
    assertThat(late.heard(Message.Bitfield.class)).hasSize(1);
    world.run(2, world.seed(4));
    assertThat(world.told).endsWith("completed");
    assertThat(world.torrent().picker().have().isFull()).isTrue();
    assertThat(far.heard(Message.Have.class))
        .containsExactlyInAnyOrder(new Message.Have(3), new Message.Have(4));
    assertThat(world.storage.log).contains("commit 3", "commit 4").doesNotContain("commit 5");
  }

  @Test
  void whoOnlySeedsGoesOnWithTheRest() {
    seed(false, false);
    FarPeer far = leech(1, true, true);
    take(far, 0);
    overwrite();
    world.run(12);
    assertThat(lost(far)).containsExactly(3, 4);
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
    take(far, 7);
    world.run(40);
    assertThat(world.storage.log.stream().filter("check"::equals)).as("checks").hasSize(2);
  }

  @Test
  void nothingOfADoubtfulPieceIsSentWhileItIsHashed() {
    seed(true, true);
    FarPeer far = leech(1, true, true);
    take(far, 0);
    files(bytes, 2);
    world.storage.hold();
    world.run(2);
    assertThat(world.storage.log).endsWith("probe");
    far.say(TorrentWorld.request(7, 0));
    world.storage.resume();
    world.storage.hold();
    world.loop.run(0);
    assertThat(world.storage.log).endsWith("check");
    far.say(TorrentWorld.request(8, 0));
    world.loop.run(0);
    assertThat(far.heard(Message.RejectRequest.class)).hasSize(2);
    assertThat(far.blocks()).isEmpty();
    world.storage.resume();
    world.run(1);
    take(far, 8);
    assertThat(lost(far)).isEmpty();
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Seeding.class);
    assertThat(world.told).containsExactly("checked 20/20");
  }

  @Test
  void aFileThatWasCutOffStopsTheTorrentWithItsName() {
    seed(true, true);
    take(leech(1, true, true), 0);
    files(bytes - 1, 2);
    world.run(12);
    assertThat(world.told).endsWith("faulted MISSING");
    Phase.Faulted phase = (Phase.Faulted) world.torrent().phase();
    assertThat(phase.fault().detail())
        .startsWith(world.content.metainfo().info().files().getFirst().path().getLast())
        .contains("cut off");
  }

  @Test
  void aFolderThatIsGoneStopsTheTorrentUntilItIsBack() {
    seed(true, true);
    take(leech(1, true, true), 0);
    world.storage.presence =
        new Presence(
            Optional.empty(),
            new Stamps(new long[] {Stamps.ABSENT_BYTES}, new long[] {0}),
            Long.MAX_VALUE);
    world.run(12);
    assertThat(world.told).endsWith("faulted ABSENT");
  }

  @Test
  void whoSendsNothingDoesNotLook() {
    seed(true, true);
    leech(1, true, true);
    long before = looks();
    world.run(60);
    assertThat(looks()).isEqualTo(before);
    take(leech(2, true, true), 0);
    world.run(60);
    assertThat(looks()).as("one look after the last byte").isEqualTo(before + 1);
  }

  private long looks() {
    return world.storage.log.stream().filter("probe"::equals).count();
  }

  /** What others write while nobody asks for anything shows at the next start. */
  @Test
  void theEndRecordsHowTheFilesLookedWhenTheyWereRight() {
    seed(true, true);
    long right = world.storage.presence.stamps().changedNanos(0);
    world.run(2);
    overwrite();
    world.torrent().stop(() -> {});
    world.loop.runSeconds(1);
    Resume last = world.checkpoints.getLast();
    assertThat(last.clean()).isTrue();
    assertThat(last.seen().orElseThrow().stamps().changedNanos(0)).isEqualTo(right);
  }
}
