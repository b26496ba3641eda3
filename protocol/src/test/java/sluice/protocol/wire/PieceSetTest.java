package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sets of pieces against {@link BitSet}. */
class PieceSetTest {

  @Test
  void behavesLikeBitSet() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(300);
      PieceSet set = new PieceSet(size);
      BitSet model = new BitSet();
      for (int i = 0; i < 2 * size; i++) {
        int piece = random.nextInt(size);
        if (random.nextInt(3) > 0) {
          assertThat(set.set(piece)).isEqualTo(!model.get(piece));
          model.set(piece);
        } else {
          assertThat(set.clear(piece)).isEqualTo(model.get(piece));
          model.clear(piece);
        }
      }
      check(set, model, size, seed);
      assertThat(PieceSet.ofWire(set.toWire(), size)).as("seed %d", seed).isEqualTo(set);
    }
  }

  private static void check(PieceSet set, BitSet model, int size, long seed) {
    assertThat(set.count()).as("seed %d", seed).isEqualTo(model.cardinality());
    for (int i = 0; i < size; i++) {
      assertThat(set.get(i)).isEqualTo(model.get(i));
      assertThat(set.nextSet(i)).isEqualTo(model.nextSetBit(i));
      int clear = model.nextClearBit(i);
      assertThat(set.nextClear(i)).isEqualTo(clear < size ? clear : -1);
    }
    assertThat(set.nextSet(size)).isEqualTo(-1);
    assertThat(set.nextClear(size)).isEqualTo(-1);
  }

  @Test
  void wireOrderIsMostSignificantBitFirst() {
    PieceSet set = new PieceSet(10);
    set.set(0);
    set.set(9);
    assertThat(set.toWire()).containsExactly(0x80, 0x40);
    assertThat(PieceSet.full(10).toWire()).containsExactly(0xff, 0xc0);
    ByteBuffer bits = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x40}).asReadOnlyBuffer();
    assertThat(PieceSet.of(new Message.Bitfield(bits), 10)).isEqualTo(set);
    assertThat(bits.remaining()).isEqualTo(2);
  }

  @Test
  void fullAndEmpty() {
    for (int size : new int[] {0, 1, 63, 64, 65, 128}) {
      PieceSet set = PieceSet.full(size);
      assertThat(set.isFull()).isTrue();
      assertThat(set.count()).isEqualTo(size);
      assertThat(set.nextClear(0)).isEqualTo(-1);
      assertThat(set.hasBeyond(new PieceSet(size))).isEqualTo(size > 0);
      PieceSet copy = set.copy();
      set.clearAll();
      assertThat(set.isEmpty()).isTrue();
      assertThat(set.hasBeyond(copy)).isFalse();
      assertThat(copy.count()).isEqualTo(size);
    }
  }

  @Test
  void wrongBitfieldsAreRefused() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> PieceSet.ofWire(new byte[] {0}, 9));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> PieceSet.ofWire(new byte[] {0, 0x40}, 9));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new PieceSet(9).get(9));
  }
}
