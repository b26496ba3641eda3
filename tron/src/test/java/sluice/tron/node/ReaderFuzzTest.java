package sluice.tron.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tron.trident.proto.Response.BlockExtention;
import sluice.tron.Recorded;
import sluice.tron.tx.SignedTransfer;

/** Bytes changed by chance: what is read is a block that holds together, or none. */
class ReaderFuzzTest {
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 2_000);

  @Test
  void changedBlocksAreRefused() throws Exception {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] good = Recorded.bytes("w27", "block_with_trc10");
    SolidBlock right = BlockReader.read(BlockExtention.parseFrom(good), 50).orElseThrow();
    assertThat(right.transfers()).hasSize(1);
    assertThat(right.transfers().getFirst().succeeded()).isTrue();
    int same = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = change(good, random);
      try {
        Optional<SolidBlock> read = BlockReader.read(BlockExtention.parseFrom(bytes), 50);
        // What is not covered by the block's hashes may differ: signature of the producer, results.
        assertThat(read.filter(right::equals).isPresent() || read.isEmpty())
            .as("seed %d, round %d", seed, i)
            .isTrue();
        same++;
      } catch (InvalidProtocolBufferException | NodeException e) {
        assertThat(e.getMessage()).isNotNull();
      }
    }
    assertThat(same).isLessThan(ROUNDS);
  }

  @Test
  void changedTransactionsAreTransfersOrNone() {
    long seed = 6;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] good = Recorded.bytes("w27", "bcast_trc10_transfer_req");
    int signed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = change(good, random);
      Optional<SignedTransfer> read = SignedTransfer.read(bytes);
      if (read.isPresent() && read.get().isSignedBySender()) {
        signed++;
        assertThat(read.get().transfer().orElseThrow().token())
            .as("seed %d, round %d", seed, i)
            .matches("[0-9]+");
      }
    }
    assertThat(signed).isLessThan(ROUNDS);
    assertThat(SignedTransfer.read(new byte[SignedTransfer.MAX_BYTES + 1])).isEmpty();
  }

  private static byte[] change(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
