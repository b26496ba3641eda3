package sluice.protocol.mse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

class MseHandshakeTest {
  private static final Hash SKEY = Hash.sha1(new byte[] {1});
  private static final List<CryptoMethod> BOTH = List.of(CryptoMethod.RC4, CryptoMethod.PLAIN);
  private static final List<CryptoMethod> RC4 = List.of(CryptoMethod.RC4);
  private static final List<CryptoMethod> PLAIN = List.of(CryptoMethod.PLAIN);

  private final SplittableRandom random = new SplittableRandom(20_251_125L);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private MseChance chance() {
    return new MseChance(bytes(20), bytes(random.nextInt(513)), random.nextInt(513));
  }

  private Run initiator(Hash skey, List<CryptoMethod> offered, byte[] initial) {
    return new Run(new MseInitiator(skey, offered, initial, chance()));
  }

  private Run responder(List<CryptoMethod> wanted) {
    SkeyIndex torrents = new SkeyIndex();
    torrents.add(SKEY);
    return new Run(new MseResponder(torrents, wanted, chance()));
  }

  private void exchange(Run a, Run b) {
    a.begin();
    for (int turn = 0; turn < 3; turn++) {
      move(a, b);
      move(b, a);
    }
  }

  private void move(Run from, Run to) {
    byte[] sent = from.sent();
    to.feed(sent, random.nextInt(sent.length + 1));
  }

  private static byte[] ciphered(StreamCipher cipher, byte[] bytes) {
    byte[] copy = bytes.clone();
    cipher.apply(copy, 0, copy.length);
    return copy;
  }

  @Test
  void twoSidesUnderstandEachOther() {
    List<List<CryptoMethod>> lists = List.of(RC4, PLAIN, BOTH, BOTH.reversed());
    for (int round = 0; round < 400; round++) {
      List<CryptoMethod> offered = lists.get(round % 4);
      List<CryptoMethod> wanted = lists.get(round / 4 % 4);
      byte[] initial = bytes(random.nextInt(round % 10 == 0 ? 65_536 : 100));
      Run a = initiator(SKEY, offered, initial);
      Run b = responder(wanted);
      exchange(a, b);
      var common = wanted.stream().filter(offered::contains).findFirst();
      assertThat(b.isDone()).as("round %d: %s", round, b.failure()).isEqualTo(common.isPresent());
      if (common.isEmpty()) {
        continue;
      }
      assertThat(b.received()).isEqualTo(initial);
      assertThat(a.isDone()).as(a.failure()).isTrue();
      boolean plain = common.get() == CryptoMethod.PLAIN;
      byte[] there = bytes(1000);
      byte[] wire = ciphered(a.outgoing(), there);
      assertThat(java.util.Arrays.equals(wire, there)).isEqualTo(plain);
      b.feed(wire);
      assertThat(b.received()).endsWith(there).hasSize(initial.length + there.length);
      byte[] back = bytes(1000);
      a.feed(ciphered(b.outgoing(), back));
      assertThat(a.received()).isEqualTo(back);
    }
  }

  @Test
  void aTorrentThatIsNotHereIsRefused() {
    Run a = initiator(Hash.sha1(new byte[] {2}), BOTH, new byte[0]);
    Run b = responder(BOTH);
    exchange(a, b);
    assertThat(b.failure()).isEqualTo("an unknown torrent");
  }

  @Test
  void aTorrentThatWasRemovedIsNotFound() {
    SkeyIndex torrents = new SkeyIndex();
    torrents.add(SKEY);
    assertThat(torrents.find(MseDigests.req2(SKEY))).hasValue(SKEY);
    torrents.remove(SKEY);
    assertThat(torrents.find(MseDigests.req2(SKEY))).isEmpty();
  }

  /** What comes while the key is being worked on is pad: it is counted, and refused if too long. */
  @Test
  void bytesThatComeBeforeTheWorkAreBounded() {
    for (int length : new int[] {512, 513}) {
      MseResponder side = new MseResponder(new SkeyIndex(), BOTH, chance());
      byte[] key = new byte[96];
      key[95] = 7;
      assertThat(side.feed(ByteBuffer.wrap(key))).isEqualTo(new MseStep.Work());
      ByteBuffer pad = ByteBuffer.allocate(length);
      MseStep step = side.feed(pad);
      assertThat(pad.hasRemaining()).isFalse();
      if (length == 512) {
        assertThat(step).isEqualTo(new MseStep.Continue(ByteBuffer.allocate(0)));
        assertThat(side.work()).isInstanceOf(MseStep.Continue.class);
        assertThat(side.feed(ByteBuffer.allocate(19))).isInstanceOf(MseStep.Continue.class);
        assertThat(side.feed(ByteBuffer.allocate(1))).isInstanceOf(MseStep.Failed.class);
      } else {
        assertThat(step).isEqualTo(new MseStep.Failed("a pad that is too long"));
      }
    }
  }

  /** RFC 6229, key 0102030405, offset 1024. */
  @Test
  void rc4BeginsBehindTheFirst1024Bytes() {
    byte[] stream = new byte[16];
    new Rc4(new byte[] {1, 2, 3, 4, 5}).apply(stream, 0, 16);
    assertThat(java.util.HexFormat.of().formatHex(stream))
        .isEqualTo("30abbcc7c20b01609f23ee2d5f6bb7df");
  }
}
