package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The framer against messages that are known, in every fragmentation. */
class FramerTest {

  @Test
  void eachMessageComesBackAsItWasWritten() {
    for (Message message : WireSamples.oneOfEach(new Random(1))) {
      Recorder recorder = new Recorder(true);
      new Framer().feed(ByteBuffer.wrap(WireSamples.encode(message)), recorder);
      assertThat(recorder.lines).containsExactly(Recorder.text(message));
    }
  }

  @Test
  void bytesOfKnownMessages() {
    assertThat(hex(new Message.KeepAlive())).isEqualTo("00000000");
    assertThat(hex(new Message.Have(0x010203))).isEqualTo("000000050400010203");
    assertThat(hex(new Message.Request(1, 0x4000, 0x4000)))
        .isEqualTo("0000000d06000000010000400000004000");
    assertThat(hex(new Message.Port(6881))).isEqualTo("00000003091ae1");
    assertThat(hex(new Message.AllowedFast(7))).isEqualTo("000000051100000007");
    assertThat(HexFormat.of().formatHex(WireSamples.block(2, 0x8000, new byte[] {9})))
        .isEqualTo("0000000a07000000020000800009");
  }

  /** Whatever the fragments, the framer tells what was written, in order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 1000, 65_536, 0})
  void fragmentsDoNotMatter(int fragment) {
    long seed = 7_700 + fragment;
    Random random = new Random(seed);
    for (boolean keep : new boolean[] {true, false}) {
      List<String> expected = new ArrayList<>();
      byte[] stream = stream(random, keep, expected);
      Recorder recorder = new Recorder(keep);
      Framer framer = new Framer();
      framer.layout(WireSamples.layout(65_536, 20 * 65_536));
      ByteBuffer part = ByteBuffer.allocateDirect(65_536);
      for (int at = 0; at < stream.length; ) {
        int n = fragment == 0 ? 1 + random.nextInt(40_000) : fragment;
        int end = Math.min(stream.length, at + n);
        part.clear().put(stream, at, end - at).flip();
        framer.feed(part, recorder);
        assertThat(part.hasRemaining()).isFalse();
        at = end;
      }
      assertThat(recorder.lines).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static byte[] stream(Random random, boolean keep, List<String> expected) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int round = 0; round < 4; round++) {
      List<Message> all = WireSamples.oneOfEach(random);
      Collections.shuffle(all, random);
      for (Message message : all) {
        out.writeBytes(WireSamples.encode(message));
        expected.add(Recorder.text(message));
        if (random.nextInt(3) == 0) {
          byte[] payload = WireSamples.bytes(random, 1 + random.nextInt(16_384));
          int piece = random.nextInt(20);
          out.writeBytes(WireSamples.block(piece, 16_384, payload));
          String shown = keep ? HexFormat.of().formatHex(payload) : "skipped";
          expected.add("block " + piece + " 16384 " + payload.length + " " + shown);
        }
      }
    }
    return out.toByteArray();
  }

  @Test
  void unknownMessagesAreSkippedWithTheirPayload() {
    Recorder recorder = new Recorder(true);
    Framer framer = new Framer();
    framer.feed(
        ByteBuffer.wrap(HexFormat.of().parseHex("00000004c8010203" + "0000000101")), recorder);
    assertThat(recorder.messages).containsExactly(new Message.Unknown(200), new Message.Unchoke());
  }

  @Test
  void stopLeavesTheRestUnread() {
    Framer framer = new Framer();
    List<Message> told = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("000000010100000001000000000102"));
    framer.feed(
        in,
        new FrameHandler() {
          @Override
          public void onMessage(Message message) {
            told.add(message);
            framer.stop();
          }

          @Override
          public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
            throw new AssertionError();
          }

          @Override
          public void endBlock(int piece, int begin, int length) {
            throw new AssertionError();
          }
        });
    assertThat(told).containsExactly(new Message.Unchoke());
    assertThat(in.position()).isEqualTo(5);
    framer.feed(in, new Recorder(true));
    assertThat(in.position()).isEqualTo(5);
    assertThat(framer.isStopped()).isTrue();
  }

  @Test
  void stopInBeginBlockEndsTheBlock() {
    Framer framer = new Framer();
    framer.feed(
        ByteBuffer.wrap(WireSamples.block(0, 0, new byte[100])),
        new FrameHandler() {
          @Override
          public void onMessage(Message message) {
            throw new AssertionError();
          }

          @Override
          public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
            framer.stop();
            return ByteBuffer.allocate(length);
          }

          @Override
          public void endBlock(int piece, int begin, int length) {
            throw new AssertionError("a stopped framer finished a block");
          }
        });
    assertThat(framer.isStopped()).isTrue();
  }

  @Test
  void littleEndianBuffersAreRefused() {
    ByteBuffer in = ByteBuffer.allocate(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Framer().feed(in, new Recorder(true)));
  }

  /** 16 KiB blocks in 64 KiB reads: the bytes of the payload go nowhere but to their buffer. */
  @Test
  void blocksAllocateNothing() {
    ByteBuffer block = ByteBuffer.allocateDirect(16_384);
    FrameHandler handler =
        new FrameHandler() {
          @Override
          public void onMessage(Message message) {}

          @Override
          public ByteBuffer beginBlock(int piece, int begin, int length) {
            return block.clear();
          }

          @Override
          public void endBlock(int piece, int begin, int length) {}
        };
    byte[] one = WireSamples.block(3, 0, new byte[16_384]);
    ByteBuffer stream = ByteBuffer.allocateDirect(one.length * 64);
    for (int i = 0; i < 64; i++) {
      stream.put(one);
    }
    Framer framer = new Framer();
    feedInReads(framer, stream.clear(), handler);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      feedInReads(framer, stream.clear(), handler);
    }
    long perBlock = (threads.getCurrentThreadAllocatedBytes() - before) / (20 * 64);
    assertThat(perBlock).isLessThan(8);
  }

  private static void feedInReads(Framer framer, ByteBuffer stream, FrameHandler handler) {
    int end = stream.limit();
    while (stream.position() < end) {
      stream.limit(Math.min(end, stream.position() + 65_536));
      framer.feed(stream, handler);
    }
    stream.limit(end);
  }

  private static String hex(Message message) {
    return HexFormat.of().formatHex(WireSamples.encode(message));
  }
}
