package sluice.protocol.krpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.bencode.BString;

/** Messages as bytes and back, and the metric. */
class KrpcCodecTest {
  @Test
  void messagesComeBack() throws KrpcException {
    for (KrpcMessage message : KrpcSamples.all()) {
      byte[] bytes = KrpcWriter.write(message);
      assertThat(KrpcReader.read(bytes)).isEqualTo(message);
      assertThat(bytes.length).isLessThan(KrpcReader.MAX_BYTES);
    }
  }

  /** The examples of BEP 5. */
  @Test
  void examples() throws KrpcException {
    NodeId abc = NodeId.of("abcdefghij0123456789".getBytes(ISO_8859_1));
    NodeId mno = NodeId.of("mnopqrstuvwxyz123456".getBytes(ISO_8859_1));
    BString aa = BString.of("aa");
    assertThat(read("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe"))
        .isEqualTo(new KrpcMessage.Query(aa, abc, false, new DhtQuery.Ping()));
    assertThat(read("d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re"))
        .isEqualTo(new KrpcMessage.Reply(aa, mno, Optional.empty(), DhtReply.EMPTY));
    assertThat(read("d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee"))
        .isEqualTo(new KrpcMessage.Failure(aa, KrpcError.GENERIC, "A Generic Error Ocurred"));
    assertThat(
            read(
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz1234564:porti6881e"
                    + "5:token8:aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe"))
        .isEqualTo(
            new KrpcMessage.Query(
                aa,
                abc,
                false,
                new DhtQuery.AnnouncePeer(mno.hash(), 6881, false, false, BString.of("aoeusnth"))));
  }

  @Test
  void refusalsNameTheQuery() {
    String id = "2:id20:abcdefghij0123456789";
    assertThat(refusal("d1:ad" + id + "e1:q4:vote1:t2:aa1:y1:qe"))
        .isEqualTo(KrpcError.UNKNOWN_METHOD);
    assertThat(
            refusal(
                "d1:ad" + id + "5:token1:x1:v1005:" + "x".repeat(1005) + "e1:q3:put1:t2:aa1:y1:qe"))
        .isEqualTo(KrpcError.VALUE_TOO_BIG);
    assertThat(
            refusal(
                "d1:ad"
                    + id
                    + "1:k32:"
                    + "k".repeat(32)
                    + "4:salt65:"
                    + "s".repeat(65)
                    + "3:seqi1e3:sig64:"
                    + "s".repeat(64)
                    + "5:token1:x1:v1:xe1:q3:put1:t2:aa1:y1:qe"))
        .isEqualTo(KrpcError.SALT_TOO_BIG);
    KrpcException reply =
        catchThrowableOfType(KrpcException.class, () -> read("d1:rde1:t2:aa1:y1:re"));
    assertThat(reply.query()).isEmpty();
  }

  @Test
  void distance() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(new NodeId(random.nextLong(), random.nextLong(), random.nextInt()));
    }
    NodeId target = ids.getFirst();
    for (int bit = 0; bit < NodeId.BITS; bit++) {
      NodeId near = target.flip(bit);
      assertThat(near.commonBits(target)).as("seed " + seed).isEqualTo(bit);
      assertThat(near.flip(bit)).isEqualTo(target);
      NodeId mixed = ids.get(1).withPrefix(target, bit);
      assertThat(mixed.commonBits(target)).isGreaterThanOrEqualTo(bit);
      assertThat(mixed.withPrefix(ids.get(1), bit)).isEqualTo(ids.get(1));
    }
    ids.sort(target::compareDistance);
    assertThat(ids.getFirst()).isEqualTo(target);
    for (int i = 1; i < ids.size(); i++) {
      assertThat(ids.get(i).commonBits(target))
          .isLessThanOrEqualTo(ids.get(i - 1).commonBits(target));
    }
    assertThat(target.commonBits(target)).isEqualTo(NodeId.BITS);
  }

  private static int refusal(String text) {
    KrpcException refused = catchThrowableOfType(KrpcException.class, () -> read(text));
    assertThat(refused.query()).contains(BString.of("aa"));
    return refused.code();
  }

  private static KrpcMessage read(String text) throws KrpcException {
    return KrpcReader.read(text.getBytes(ISO_8859_1));
  }
}
