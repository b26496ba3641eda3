package sluice.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.wire.MetadataMessage;

/** Who is asked for metadata, and what liars can do. */
class MetadataFetchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SIZE = 3 * MetadataMessage.PIECE + 100;

  private final byte[] info = new byte[SIZE];
  private final MemoryBudget memory = new MemoryBudget(30L << 20);
  private final List<byte[]> received = new ArrayList<>();
  private final MetadataFetch fetch =
      new MetadataFetch(memory, bytes -> Arrays.equals(bytes, info), received::add);
  private long now = 1;

  MetadataFetchTest() {
    new SplittableRandom(5).nextBytes(info);
  }

  @Test
  void piecesComeFromSeveral() {
    Far one = new Far(SIZE, info);
    Far two = new Far(SIZE, info);
    run(5, one, two);
    assertThat(received).singleElement().isEqualTo(info);
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void aLiarAloneIsDroppedAndTheNextIsAsked() {
    Far liar = new Far(SIZE, new byte[SIZE]);
    run(5, liar);
    assertThat(liar.liar).isTrue();
    run(5, new Far(SIZE, info));
    assertThat(received).hasSize(1);
  }

  @Test
  void aLiarAmongOthersIsFoundByAskingOneAfterTheOther() {
    Far liar = new Far(SIZE, new byte[SIZE]);
    Far honest = new Far(SIZE, info);
    run(30, liar, honest);
    assertThat(received).hasSize(1);
    assertThat(honest.dropped).isFalse();
  }

  @Test
  void liarsAboutTheSizeDoNotBlock() {
    List<Far> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(new Far(9_000_000 + i, new byte[0]));
    }
    all.add(new Far(SIZE, info));
    run(300, all.toArray(Far[]::new));
    assertThat(received).hasSize(1);
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void onePeerThatNeverAnswersDoesNotBlockTheRest() {
    Far silent = new Far(SIZE, new byte[0]);
    Far honest = new Far(SIZE, info);
    run(60, silent, honest);
    assertThat(received).hasSize(1);
  }

  @Test
  void aPeerThatRefusesIsAskedAgain() {
    Far far = new Far(SIZE, info);
    fetch.offer(far, SIZE, now);
    far.asked.forEach(piece -> fetch.reject(far, piece, now));
    far.asked.clear();
    assertThat(received).isEmpty();
    run(10, far);
    assertThat(received).hasSize(1);
  }

  @Test
  void aPieceOfAnotherLengthIsALie() {
    Far far = new Far(SIZE, info);
    fetch.offer(far, SIZE, now);
    ByteBuffer cut = ByteBuffer.wrap(info, 0, 10);
    fetch.data(far, new MetadataMessage.Data(0, OptionalInt.empty(), cut), now);
    assertThat(far.liar).isTrue();
  }

  @Test
  void memoryIsGivenBackWhenThePeersGo() {
    Far far = new Far(SIZE, info);
    fetch.offer(far, SIZE, now);
    assertThat(memory.takenBytes()).isEqualTo(SIZE);
    fetch.left(far, now);
    assertThat(memory.takenBytes()).isZero();
  }

  private void run(int seconds, Far... all) {
    for (Far far : all) {
      fetch.offer(far, far.size, now);
    }
    for (int i = 0; i < seconds; i++) {
      for (Far far : all) {
        far.answer();
      }
      now += SECOND;
      fetch.tick(now);
    }
  }

  /** A peer with {@code data}; without any it never answers. */
  private final class Far implements MetadataSource {
    final int size;
    final byte[] data;
    final List<Integer> asked = new ArrayList<>();
    boolean dropped;
    boolean liar;

    Far(int size, byte[] data) {
      this.size = size;
      this.data = data;
    }

    void answer() {
      List<Integer> all = List.copyOf(asked);
      asked.clear();
      for (int piece : all) {
        if (data.length > 0 && !dropped) {
          ByteBuffer bytes =
              ByteBuffer.wrap(data)
                  .slice(piece * MetadataMessage.PIECE, MetadataMessage.length(size, piece));
          fetch.data(this, new MetadataMessage.Data(piece, OptionalInt.of(size), bytes), now);
        }
      }
    }

    @Override
    public void request(int piece) {
      asked.add(piece);
    }

    @Override
    public void drop(String reason, boolean isLiar) {
      dropped = true;
      liar |= isLiar;
      fetch.left(this, now);
    }
  }
}
