package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeStorage;
import sluice.engine.port.Fault;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.wire.PieceSet;

class CheckpointTest {
  private static final int PIECES = 8;
  private static final int MIB = 1 << 20;

  private final FakeLoop loop = new FakeLoop();
  private final FakeStorage storage = new FakeStorage(loop, new FakePool(8), Content.of(PIECES, 1));
  private final PieceSet have = new PieceSet(PIECES);
  private final List<String> told = new ArrayList<>();
  private final Begun begun = new Begun();
  private Optional<Resume.Seen> seen = Optional.empty();
  private long sentBytes;
  private long recordedBytes;

  private Checkpoint checkpoint(boolean durable) {
    return new Checkpoint(loop, storage, durable, have, begun, new Told());
  }

  private void write(Checkpoint checkpoint, int piece, int bytes) {
    have.set(piece);
    checkpoint.written(piece, bytes);
  }

  @Test
  void recordsOnlyWhatWasThereWhenForcingBegan() {
    Checkpoint checkpoint = checkpoint(true);
    write(checkpoint, 0, MIB);
    storage.hold();
    loop.runSeconds(1);
    checkpoint.tick(loop.now());
    write(checkpoint, 1, MIB);
    assertThat(told).containsExactly("written 0", "written 1");
    storage.resume();
    loop.runSeconds(1);
    assertThat(told).containsExactly("written 0", "written 1", "record 1 clean=false");
    checkpoint.tick(loop.now());
    loop.runSeconds(1);
    assertThat(told).endsWith("record 2 clean=false");
  }

  @Test
  void manyBytesAreRecordedWithoutWaiting() {
    Checkpoint checkpoint = checkpoint(true);
    write(checkpoint, 0, 63 * MIB);
    loop.run(0);
    assertThat(told).hasSize(1);
    write(checkpoint, 1, MIB);
    loop.run(0);
    assertThat(told).endsWith("record 2 clean=false");
  }

  @Test
  void nothingFollowsTheRecordOfTheEnd() {
    Checkpoint checkpoint = checkpoint(true);
    write(checkpoint, 0, MIB);
    storage.hold();
    loop.runSeconds(1);
    checkpoint.tick(loop.now());
    checkpoint.end(() -> told.add("ended"));
    storage.resume();
    loop.runSeconds(1);
    assertThat(told).containsExactly("written 0", "record 1 clean=true", "ended");
  }

  @Test
  void whatIsNotDurableIsRecordedAtItsEndOnly() {
    Checkpoint checkpoint = checkpoint(false);
    write(checkpoint, 0, MIB);
    loop.runSeconds(3);
    checkpoint.tick(loop.now());
    loop.runSeconds(1);
    assertThat(told).containsExactly("written 0");
    checkpoint.end(() -> told.add("ended"));
    loop.runSeconds(1);
    assertThat(told).endsWith("record 1 clean=true", "ended");
  }

  /** An empty mount point is where the folder was: what was seen of it is kept, and doubted. */
  @Test
  void whatWasSeenOutlivesItsFolder() {
    RootIdentity disk = new RootIdentity("disk");
    Stamps files = new Stamps(new long[] {MIB}, new long[] {1});
    storage.presence = new Presence(Optional.of(disk), files, Long.MAX_VALUE);
    Checkpoint checkpoint = checkpoint(true);
    write(checkpoint, 0, MIB);
    checkpoint.begun();
    loop.runSeconds(1);
    Stamps none = new Stamps(new long[] {Stamps.ABSENT_BYTES}, new long[] {0});
    storage.presence =
        new Presence(Optional.of(new RootIdentity("mount point")), none, Long.MAX_VALUE);
    checkpoint.end(() -> told.add("ended"));
    loop.runSeconds(1);
    assertThat(told).endsWith("record 1 clean=false", "ended");
    assertThat(seen).contains(new Resume.Seen(disk, files));
  }

  /** Blocks that were written after forcing began may not be on the device. */
  @Test
  void recordsTheBlocksThatWereThereWhenForcingBegan() {
    Checkpoint checkpoint = checkpoint(true);
    begun.write(5, 0);
    storage.hold();
    loop.runSeconds(1);
    checkpoint.tick(loop.now());
    begun.write(5, 1);
    storage.resume();
    loop.runSeconds(1);
    assertThat(told).containsExactly("record 0 clean=false {5={0}}");
    checkpoint.tick(loop.now());
    loop.runSeconds(1);
    assertThat(told).endsWith("record 0 clean=false {5={0, 1}}");
    checkpoint.tick(loop.now());
    loop.runSeconds(1);
    assertThat(told).hasSize(2);
  }

  /** A crash at any moment finds counters that are three seconds old at the most. */
  @Test
  void countersAreRecordedEveryThreeSeconds() {
    Checkpoint checkpoint = checkpoint(true);
    for (int second = 1; second <= 60; second++) {
      loop.runSeconds(1);
      sentBytes = second;
      checkpoint.tick(loop.now());
      assertThat(second - recordedBytes).as("at %d s", second).isBetween(0L, 3L);
    }
    int records = told.size();
    loop.runSeconds(10);
    checkpoint.tick(loop.now());
    assertThat(told).as("the same is not recorded again").hasSize(records);
  }

  /** Pieces of which some blocks are written. */
  private static final class Begun implements Checkpoint.Begun {
    private final Map<Integer, BitSet> blocks = new TreeMap<>();
    private long version;

    void write(int piece, int block) {
      blocks.computeIfAbsent(piece, p -> new BitSet()).set(block);
      version++;
    }

    @Override
    public void tick(long now) {}

    @Override
    public long version() {
      return version;
    }

    @Override
    public Map<Integer, BitSet> blocks() {
      Map<Integer, BitSet> copy = new TreeMap<>();
      blocks.forEach((piece, some) -> copy.put(piece, (BitSet) some.clone()));
      return copy;
    }
  }

  /** Writes down what it is told. */
  private final class Told implements Checkpoint.Record {
    @Override
    public void written(int piece) {
      told.add("written " + piece);
    }

    @Override
    public void checkpoint(Resume resume, Done done) {
      seen = resume.seen();
      told.add(
          "record "
              + resume.have().count()
              + " clean="
              + resume.clean()
              + text(resume.unfinished()));
    }

    private static String text(Map<Integer, BitSet> unfinished) {
      return unfinished.isEmpty() ? "" : " " + unfinished;
    }

    @Override
    public void counters(Totals totals, Done done) {
      told.add("counters");
      recordedBytes = totals.uploaded();
    }

    @Override
    public Totals totals() {
      return new Totals(0, sentBytes, 0, 0, 0, 0);
    }

    @Override
    public Done done() {
      return new Done(have.count(), 0);
    }

    @Override
    public void onFault(Fault fault) {
      told.add("fault");
    }
  }
}
