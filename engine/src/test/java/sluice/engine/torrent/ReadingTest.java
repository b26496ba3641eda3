package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeStorage;
import sluice.engine.peer.BlockBudget;
import sluice.engine.pick.Picker;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage.Slice;

/** Reads by the program itself wait for their piece and for memory. */
class ReadingTest {
  private final FakeLoop loop = new FakeLoop();
  private final FakePool pool = new FakePool(2);
  private final Content content = Content.of(4, 2);
  private final FakeStorage storage = new FakeStorage(loop, pool, content);
  private final Picker picker = new Picker(content.layout(), new FakeEntropy(1));
  private final Reading reading =
      new Reading(content.layout(), picker.have()::get, storage, new BlockBudget(pool));
  private final List<byte[]> read = new ArrayList<>();
  private final List<Optional<Fault>> told = new ArrayList<>();

  private boolean add(int piece, int begin, int length) {
    return add(piece, begin, length, new AtomicBoolean());
  }

  private boolean add(int piece, int begin, int length, AtomicBoolean givenUp) {
    storage.fill();
    return reading.add(
        new Reading.Wish(
            new Slice(piece, begin, length),
            givenUp::get,
            bytes -> read.add(bytes(bytes)),
            told::add));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void whatIsThereIsReadAtOnceAndOfAnyLength() {
    picker.got(1);
    assertThat(add(1, 3, 20_000)).isTrue();
    loop.run(0);
    assertThat(told).containsExactly(Optional.empty());
    assertThat(read.getFirst()).isEqualTo(content.slice(1, 3, 20_000));
    assertThat(pool.available()).isEqualTo(2);
  }

  @Test
  void whatIsMissingIsWaitedFor() {
    assertThat(add(2, 0, 5)).isTrue();
    reading.pump();
    loop.run(0);
    assertThat(told).isEmpty();
    picker.got(2);
    reading.pump();
    loop.run(0);
    assertThat(read.getFirst()).isEqualTo(content.slice(2, 0, 5));
  }

  @Test
  void memoryIsWaitedFor() {
    picker.got(0);
    Block taken = pool.take();
    assertThat(add(0, 0, 32_768)).isTrue();
    reading.pump();
    loop.run(0);
    assertThat(told).isEmpty();
    taken.release();
    reading.pump();
    loop.run(0);
    assertThat(read.getFirst()).isEqualTo(content.slice(0, 0, 32_768));
    storage.readFault = Optional.of(new Fault(Fault.Kind.NO_SPACE, "no blocks"));
    assertThat(add(0, 0, 1)).isTrue();
    loop.run(0);
    assertThat(told).hasSize(1);
    storage.readFault = Optional.empty();
    reading.pump();
    loop.run(0);
    assertThat(told).hasSize(2);
    assertThat(pool.available()).isEqualTo(2);
  }

  @Test
  void faultsAreTold() {
    picker.got(0);
    storage.readFault = Optional.of(new Fault(Fault.Kind.IO, "broken"));
    assertThat(add(0, 0, 1)).isTrue();
    loop.run(0);
    assertThat(told).containsExactly(storage.readFault);
    assertThat(read).isEmpty();
  }

  @Test
  void nobodyReadsForThoseWhoGaveUp() {
    AtomicBoolean givenUp = new AtomicBoolean();
    assertThat(add(0, 0, 1, givenUp)).isTrue();
    givenUp.set(true);
    picker.got(0);
    reading.pump();
    loop.run(0);
    assertThat(storage.log).doesNotContain("read 1");
    assertThat(told).isEmpty();
  }

  @Test
  void theEndOfTheRunEndsAllReads() {
    assertThat(add(0, 0, 1)).isTrue();
    picker.got(1);
    assertThat(add(1, 0, 1)).isTrue();
    storage.readFault = Optional.of(new Fault(Fault.Kind.NO_SPACE, "no blocks"));
    reading.end();
    loop.run(0);
    assertThat(told).hasSize(2).allMatch(f -> f.orElseThrow().kind() == Fault.Kind.CLOSED);
    assertThat(add(1, 0, 1)).isFalse();
  }

  @Test
  void bytesThatAreNotThereAndTooManyReadsAreRefused() {
    assertThat(add(4, 0, 1)).isFalse();
    assertThat(add(-1, 0, 1)).isFalse();
    assertThat(add(0, 32_768, 1)).isFalse();
    assertThat(add(0, 32_760, 9)).isFalse();
    assertThat(add(0, -1, 5)).isFalse();
    assertThat(add(0, 0, 0)).isFalse();
    assertThat(add(0, 1, Integer.MAX_VALUE)).isFalse();
    AtomicBoolean givenUp = new AtomicBoolean();
    assertThat(add(0, 0, 1, givenUp)).isTrue();
    for (int i = 1; i < Reading.MAX_WAITING; i++) {
      assertThat(add(0, 0, 1)).isTrue();
    }
    assertThat(add(0, 0, 1)).isFalse();
    givenUp.set(true);
    assertThat(add(0, 0, 1)).isTrue();
    assertThat(told).isEmpty();
  }
}
