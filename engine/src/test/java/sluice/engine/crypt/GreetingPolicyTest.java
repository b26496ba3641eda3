package sluice.engine.crypt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Greeting;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;

/** Every policy against every other, by each approach that the one that dials may take. */
class GreetingPolicyTest {
  private static final String TEXT = "the text that follows the handshakes";

  private final FakeLoop loop = new FakeLoop();

  @TestFactory
  Stream<DynamicTest> whoMeetsWhom() {
    return Stream.of(EncryptionPolicy.values())
        .flatMap(dialling ->
            Stream.of(EncryptionPolicy.values())
                .flatMap(door ->
                    dialling.approaches().stream()
                        .map(approach -> test(dialling, door, approach))));
  }

  private DynamicTest test(EncryptionPolicy dialling, EncryptionPolicy door, Approach approach) {
    boolean met =
        door.allows(approach)
            && (approach == Approach.PLAIN
                || dialling.methods().stream().anyMatch(door.methods()::contains));
    boolean plain =
        approach == Approach.PLAIN
            || door == EncryptionPolicy.ALLOWED && dialling != EncryptionPolicy.FORCED;
    return DynamicTest.dynamicTest(
        dialling + " " + approach + " to " + door,
        () -> {
          for (int most : new int[] {1, 30, 2000}) {
            check(dialling, door, approach, met, plain, most);
          }
        });
  }

  private void check(
      EncryptionPolicy dialling,
      EncryptionPolicy door,
      Approach approach,
      boolean met,
      boolean plain,
      int most) {
    Cable cable = new Cable(loop, 7 + most, most);
    Hash torrent = Hash.sha1(new byte[] {1});
    Encryption near = new Encryption(loop, new FakeEntropy(1), dialling, () -> null);
    Encryption far = new Encryption(loop, new FakeEntropy(2), door, () -> null);
    far.torrents().add(torrent);
    Handshake ours = new Handshake(true, true, false, false, torrent, Hosts.id(1));
    Handshake theirs = new Handshake(true, true, false, false, torrent, Hosts.id(2));
    End b = new End("", HandshakeCodec.encode(theirs));
    End a = new End(TEXT, new byte[0]);
    Greeting.await(cable.far, far, b);
    Greeting.send(cable.near, ours, approach, near, a);
    cable.run();
    assertThat(b.told).isEqualTo(met ? List.of("met " + ours.peerId()) : List.of("failed"));
    assertThat(a.told).isEqualTo(met ? List.of("met " + theirs.peerId()) : List.of("failed"));
    if (met) {
      assertThat(b.heard.toString()).isEqualTo(TEXT);
      String wire = cable.seen.toString(ISO_8859_1);
      assertThat(wire.contains(TEXT)).isEqualTo(plain);
      assertThat(wire.contains("BitTorrent")).isEqualTo(plain);
    } else {
      assertThat(cable.near.isClosed()).isTrue();
      assertThat(cable.far.isClosed()).isTrue();
    }
  }

  /** One side: answers a handshake with {@code answer} and then says {@code text}. */
  private static final class End implements Greeting.Outcome, Pipe.Handler {
    final List<String> told = new ArrayList<>();
    final StringBuilder heard = new StringBuilder();
    private final String text;
    private final byte[] answer;

    End(String text, byte[] answer) {
      this.text = text;
      this.answer = answer;
    }

    @Override
    public void onHandshake(Pipe pipe, Handshake theirs, ByteBuffer rest) {
      told.add("met " + theirs.peerId());
      pipe.handler(this);
      pipe.write(ByteBuffer.wrap(answer));
      pipe.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
      pipe.flush();
      onBytes(rest);
    }

    @Override
    public void onFailed(String reason) {
      told.add("failed");
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      heard.append(ISO_8859_1.decode(bytes));
    }

    @Override
    public void onDrained() {}

    @Override
    public void onClosed(Fault fault) {}
  }
}
