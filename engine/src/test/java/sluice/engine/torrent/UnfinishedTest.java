package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Priority;
import sluice.engine.port.Fault;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.wire.Message;

/** Pieces of 1 MiB that take long, over stops and crashes. */
class UnfinishedTest {
  private static final int BLOCKS = 64;
  private static final FileSelection NOTHING = new FileSelection(List.of(Priority.SKIP));
  private static final TorrentOptions DURABLE = durable(PickOptions.DEFAULT);

  private TorrentWorld world = new TorrentWorld(Content.of(2, BLOCKS), 256);
  private int sent;

  @AfterEach
  void nothingLeaks() {
    stop();
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  private static TorrentOptions durable(PickOptions picking) {
    return new TorrentOptions(
        true, false, List.of(), TorrentLimits.of(0, 0), 50, 8, Optional.empty(), true, picking);
  }

  private void start(Optional<Resume> resume) {
    world.told.clear();
    world.storage.log.clear();
    world.start(world.content.metainfo(), DURABLE, resume);
    world.run(1);
  }

  private void stop() {
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.told).contains("stopped");
  }

  /** The process is not there any more: what it wanted to say is not said. */
  private Resume crash() {
    Resume last = world.checkpoints.getLast();
    stop();
    return last;
  }

  /** Sends at most {@code most} blocks that {@code far} was asked for. */
  private void send(FarPeer far, int most) {
    int left = most;
    for (int i = 0; i < 100 && left > 0; i++) {
      for (Message.Request request : far.heard(Message.Request.class)) {
        if (left-- > 0) {
          far.sayBlock(request.piece(), request.begin(), world.block(request));
          sent++;
        }
      }
      world.pump();
    }
  }

  private void complete(FarPeer far) {
    send(far, 2 * BLOCKS);
    world.run(1);
    assertThat(world.told).contains("completed");
  }

  private static int blocks(Resume resume) {
    return resume.unfinished().values().stream().mapToInt(b -> b.cardinality()).sum();
  }

  /** Nothing that came before a stop has to come again. */
  @Test
  void aStopKeepsEveryBlock() {
    start(Optional.empty());
    send(world.seed(1), 90);
    stop();
    Resume kept = world.checkpoints.getLast();
    assertThat(kept.have().count() * BLOCKS + blocks(kept)).isEqualTo(90);
    start(Optional.of(kept));
    complete(world.seed(2));
    assertThat(sent).isEqualTo(2 * BLOCKS);
    assertThat(world.torrent().counters().wasted()).isZero();
  }

  /** What came until a few seconds before a crash is kept. */
  @Test
  void aCrashKeepsWhatIsOld() {
    start(Optional.empty());
    FarPeer slow = world.seed(1);
    send(slow, 40);
    world.run(11);
    send(slow, 3);
    assertThat(blocks(world.checkpoints.getLast())).isEqualTo(40);
    start(Optional.of(crash()));
    complete(world.seed(2));
    assertThat(sent).isEqualTo(2 * BLOCKS + 3);
  }

  /** The disk is left alone as long as pieces complete within seconds. */
  @Test
  void quickPiecesAreWrittenOnce() {
    start(Optional.empty());
    complete(world.seed(1));
    world.run(12);
    assertThat(world.storage.log).contains("commit 0", "commit 1");
    assertThat(world.storage.log).noneMatch(s -> s.startsWith("spill"));
  }

  /** A piece that was full and not verified is verified at the start. */
  @Test
  void aFullPieceIsVerified() {
    start(Optional.empty());
    FarPeer seed = world.seed(1);
    send(seed, 30);
    world.run(11);
    stop();
    Resume kept = world.checkpoints.getLast();
    kept.unfinished().values().forEach(blocks -> blocks.set(0, BLOCKS));
    world.storage.fill();
    start(Optional.of(kept));
    assertThat(world.torrent().picker().have().count()).isPositive();
    assertThat(world.told).doesNotContain("banned " + Hosts.host(1));
    complete(world.seed(2));
  }

  /** Somebody changed the files in between: the piece is fetched whole, and nobody is blamed. */
  @Test
  void blocksThatAreNotWhatTheyWereCostOnePiece() {
    start(Optional.empty());
    send(world.seed(1), 40);
    stop();
    Resume kept = world.checkpoints.getLast();
    world.storage.damage();
    start(Optional.of(kept));
    FarPeer honest = world.seed(2);
    send(honest, 3 * BLOCKS);
    world.run(1);
    assertThat(world.told).contains("completed").noneMatch(s -> s.startsWith("banned"));
    assertThat(sent).isEqualTo(40 + BLOCKS + 2 * BLOCKS - 40);
  }

  /** Records of another version of the torrent, or damaged ones, do no harm. */
  @Test
  void blocksThatCannotBeAreLeftOut() {
    start(Optional.empty());
    send(world.seed(1), 40);
    stop();
    Resume kept = world.checkpoints.getLast();
    kept.unfinished().values().forEach(blocks -> blocks.set(BLOCKS + 7));
    start(Optional.of(kept));
    complete(world.seed(2));
    assertThat(sent).isEqualTo(40 + 2 * BLOCKS);
  }

  /** A fault ends the run; what was on disk by then is still there for the next one. */
  @Test
  void aFaultLosesNothingThatWasRecorded() {
    start(Optional.empty());
    FarPeer slow = world.seed(1);
    world.pump();
    List<Message.Request> asked = new ArrayList<>(slow.heard(Message.Request.class));
    Message.Request missing = asked.removeFirst();
    asked.forEach(r -> slow.sayBlock(r.piece(), r.begin(), world.block(r)));
    send(slow, 75);
    world.run(11);
    int recorded = blocks(world.checkpoints.getLast());
    assertThat(world.checkpoints.getLast().unfinished()).hasSize(2);
    send(slow, 3);
    long spills = spills();
    while (spills() == spills) {
      world.pump();
    }
    world.storage.spillFault = Optional.of(new Fault(Fault.Kind.NO_SPACE, "full"));
    slow.sayBlock(missing.piece(), missing.begin(), world.block(missing));
    world.run(3);
    assertThat(world.told).contains("faulted NO_SPACE");
    assertThat(blocks(world.checkpoints.getLast())).isGreaterThanOrEqualTo(recorded);
  }

  private long spills() {
    return world.storage.log.stream().filter(s -> s.startsWith("spill")).count();
  }

  /** The disk has lost what honest peers sent: they are not blamed for it. */
  @Test
  void nobodyIsBlamedForADiskThatForgets() {
    start(Optional.empty());
    FarPeer honest = world.seed(1);
    send(honest, 40);
    world.run(11);
    world.storage.damage();
    send(honest, 2 * BLOCKS);
    world.run(20, honest);
    assertThat(world.told).contains("completed");
    assertThat(world.told).noneMatch(s -> s.startsWith("banned"));
  }

  /** What nobody wants at the start and somebody later goes on where it was. */
  @Test
  void blocksOfWhatIsWantedLaterAreKept() {
    start(Optional.empty());
    send(world.seed(1), 40);
    stop();
    Resume kept = world.checkpoints.getLast();
    PickOptions nothing = new PickOptions(NOTHING, false, false, false);
    world.start(world.content.metainfo(), durable(nothing), Optional.of(kept));
    world.run(1);
    world.torrent().wishes().select(FileSelection.ALL);
    world.run(1);
    complete(world.seed(2));
    assertThat(sent).isEqualTo(2 * BLOCKS);
  }

  /** Whoever changes their mind twice has lost nothing, and no memory is held meanwhile. */
  @Test
  void blocksOfWhatIsNotWantedForAWhileAreKept() {
    start(Optional.empty());
    FarPeer seed = world.seed(1);
    send(seed, 40);
    world.torrent().wishes().select(NOTHING);
    world.run(1);
    seed.heard();
    world.run(30);
    assertThat(world.isClean()).as("memory is free").isTrue();
    assertThat(seed.heard(Message.Request.class)).isEmpty();
    world.told.clear();
    world.torrent().wishes().select(FileSelection.ALL);
    world.run(1);
    complete(world.seed(2));
    assertThat(sent).isEqualTo(2 * BLOCKS);
  }

  /** The same when it stops and starts in between. */
  @Test
  void blocksOfWhatIsNotWantedAreKeptOverAStop() {
    start(Optional.empty());
    send(world.seed(1), 40);
    world.torrent().wishes().select(NOTHING);
    world.run(1);
    stop();
    assertThat(blocks(world.checkpoints.getLast())).isEqualTo(40);
    start(Optional.of(world.checkpoints.getLast()));
    complete(world.seed(2));
    assertThat(sent).isEqualTo(2 * BLOCKS);
  }

  /** A wrong piece with v2 hashes waits for those of its blocks: it waits on after a stop. */
  @Test
  void aWrongPieceIsKeptAsLongAsItIsNotKnownWhatIsWrong() {
    world = new TorrentWorld(Content.of(2, BLOCKS, MetainfoBuilder.Version.V2), 256);
    start(Optional.empty());
    List<FarPeer> seeds = List.of(world.seed(1), world.seed(2));
    int wrong = -1;
    boolean asked = false;
    for (int i = 0; i < 500 && !asked; i++) {
      world.pump();
      for (FarPeer seed : seeds) {
        for (Message message : seed.heard()) {
          asked |= message instanceof Message.HashRequest;
          if (message instanceof Message.Request r) {
            byte[] block = world.block(r);
            wrong = wrong < 0 ? r.piece() : wrong;
            block[7] ^= (byte) (r.piece() == wrong && r.begin() == 0 ? 1 : 0);
            seed.sayBlock(r.piece(), r.begin(), block);
            world.loop.run(0);
          }
        }
      }
    }
    assertThat(asked).as("the hashes of its blocks are asked for").isTrue();
    stop();
    Resume kept = world.checkpoints.getLast();
    assertThat(kept.unfinished().get(wrong).cardinality()).isEqualTo(BLOCKS);
    start(Optional.of(kept));
    FarPeer seed = world.seed(3);
    world.pump();
    List<Message> heard = seed.heard();
    assertThat(heard).anyMatch(Message.HashRequest.class::isInstance);
    int piece = wrong;
    assertThat(heard).noneMatch(m -> m instanceof Message.Request r && r.piece() == piece);
  }
}
