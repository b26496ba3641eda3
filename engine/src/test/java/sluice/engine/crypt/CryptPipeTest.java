package sluice.engine.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakePool;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.digest.Hash;

class CryptPipeTest {
  private static final int BLOCK = 16_384;

  private final FakeLoop loop = new FakeLoop();
  private final FakePool pool = new FakePool(3);
  private final Cable cable = new Cable(loop, 5, 300_000);
  private final Sink near = new Sink();
  private final Sink far = new Sink();
  private final SplittableRandom random = new SplittableRandom(9);

  @BeforeEach
  void open() {
    Hash torrent = Hash.sha1(new byte[] {1});
    Encryption a = new Encryption(loop, new FakeEntropy(1), EncryptionPolicy.FORCED, pool::take);
    Encryption b = new Encryption(loop, new FakeEntropy(2), EncryptionPolicy.FORCED, () -> null);
    b.torrents().add(torrent);
    b.accepted(cable.far, far);
    a.dialled(cable.near, torrent, new byte[0], near);
    cable.run();
    assertThat(near.pipe).isInstanceOf(CryptPipe.class);
    assertThat(far.pipe).isInstanceOf(CryptPipe.class);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void writesOfAnySizeArrive() {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 5, BLOCK - 1, BLOCK, BLOCK + 1, 200_000, 3}) {
      byte[] bytes = bytes(length);
      sent.writeBytes(bytes);
      near.pipe.write(ByteBuffer.wrap(bytes));
      near.pipe.flush();
    }
    cable.run();
    assertThat(far.heard.toByteArray()).isEqualTo(sent.toByteArray());
    far.pipe.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    far.pipe.flush();
    cable.run();
    assertThat(near.heard.toByteArray()).containsExactly(1, 2, 3);
  }

  /** A block may be held by others, who are to read what it had. */
  @Test
  void aBlockIsSentAndNotChanged() {
    byte[] content = bytes(BLOCK);
    Block block = pool.take();
    block.bytes().put(content);
    block.retain();
    near.pipe.write(block, 100, 1000);
    near.pipe.flush();
    cable.run();
    assertThat(far.heard.toByteArray()).isEqualTo(java.util.Arrays.copyOfRange(content, 100, 1100));
    byte[] left = new byte[BLOCK];
    block.bytes().get(left);
    assertThat(left).isEqualTo(content);
    block.release();
    assertThat(pool.available()).isEqualTo(pool.capacity());
  }

  @Test
  void blocksWaitInThePoolAndLeaveWithoutIt() {
    cable.near.stuck(true);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      Block block = pool.take();
      byte[] content = bytes(BLOCK);
      block.bytes().put(content);
      sent.writeBytes(content);
      if (i == 2) {
        block.retain(); // Shared: the pool has no block for the ciphertext.
      }
      near.pipe.write(block, 0, BLOCK);
      assertThat(pool.available()).isEqualTo(2 - i);
      if (i == 2) {
        block.release();
        assertThat(pool.available()).isEqualTo(1);
      }
    }
    near.pipe.flush();
    cable.near.stuck(false);
    cable.run();
    assertThat(far.heard.toByteArray()).isEqualTo(sent.toByteArray());
    assertThat(pool.available()).isEqualTo(pool.capacity());
  }

  @Test
  void theEndIsTold() {
    near.pipe.close();
    cable.run();
    assertThat(near.closed).isEqualTo(1);
    assertThat(far.closed).isEqualTo(1);
  }

  /** Collects what comes. */
  private static final class Sink implements Opening.Outcome, Pipe.Handler {
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Pipe pipe;
    int closed;

    @Override
    public void onStream(Pipe stream, ByteBuffer first) {
      pipe = stream;
      stream.handler(this);
      onBytes(first);
    }

    @Override
    public void onFailed(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      heard.writeBytes(copy);
    }

    @Override
    public void onDrained() {}

    @Override
    public void onClosed(Fault fault) {
      closed++;
    }
  }
}
