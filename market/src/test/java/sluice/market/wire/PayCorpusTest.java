package sluice.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.wire.ProtocolException;

/** Every row of the corpus gets its verdict, and whatever is made of a row gets one. */
class PayCorpusTest {
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.iterations", 40_000);

  private static String outcome(PayRow row, byte[] bytes) {
    return row.reader().equals("message") ? message(bytes) : handshake(bytes);
  }

  private static String message(byte[] bytes) {
    try {
      PayMessage read = PayCodec.decode(ByteBuffer.wrap(bytes));
      assertThat(PayCodec.decode(ByteBuffer.wrap(PayCodec.encode(read)))).isEqualTo(read);
      return "accept:" + read.getClass().getSimpleName();
    } catch (ProtocolException violation) {
      assertThat(violation).hasMessageContaining("bwpay");
      return "reject";
    }
  }

  private static String handshake(byte[] bytes) {
    try {
      if (!(Bencode.parse(bytes, new BencodeLimits(PayCodec.MAX_BYTES, 8, 256))
          instanceof BDictionary dictionary)) {
        return "nothing";
      }
      Optional<PayOffer> told = PayOffer.decode(dictionary);
      if (told.isEmpty()) {
        return "nothing";
      }
      PayOffer offer = told.get();
      assertThat(offer.hubs()).hasSizeLessThanOrEqualTo(PayOffer.MAX_HUBS);
      assertThat(offer.assets()).hasSizeLessThanOrEqualTo(PayOffer.MAX_ASSETS);
      assertThat(offer.windowBytes()).isNotNegative();
      List<String> does = new ArrayList<>();
      if (offer.pays()) {
        does.add("pays");
      }
      if (offer.sells()) {
        does.add("sells");
      }
      return "accept:" + String.join(",", does);
    } catch (BencodeException noBencoding) {
      assertThat(noBencoding.getMessage()).isNotBlank();
      return "reject";
    }
  }

  @Test
  void everyRowGetsItsVerdict() {
    Set<String> ids = new HashSet<>();
    Set<String> verdicts = new HashSet<>();
    for (PayRow row : PayRow.all()) {
      assertThat(ids.add(row.id())).as("its own name: " + row.id()).isTrue();
      assertThat(outcome(row, row.bytes()))
          .as(row.id() + ": " + row.why())
          .isEqualTo(row.verdict());
      verdicts.add(row.verdict());
    }
    for (Class<?> kind : PayMessage.class.getPermittedSubclasses()) {
      assertThat(verdicts).contains("accept:" + kind.getSimpleName());
    }
    assertThat(ids).hasSizeGreaterThan(200);
  }

  /** Rows with bytes changed, left out, doubled, and halves of two put together. */
  @Test
  void whateverIsMadeOfARowGetsAVerdict() {
    long seed = Long.getLong("sluice.fuzz.seed", 20_261_126L);
    SplittableRandom random = new SplittableRandom(seed);
    List<PayRow> rows = PayRow.all();
    List<byte[]> inputs = rows.stream().map(PayRow::bytes).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      int at = random.nextInt(rows.size());
      byte[] bytes = changed(inputs.get(at), inputs.get(random.nextInt(inputs.size())), random);
      try {
        seen.add(outcome(rows.get(at), bytes));
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", run " + i + ", of " + rows.get(at).id(), e);
      }
    }
    assertThat(seen).contains("reject", "nothing", "accept:Bid", "accept:Pay", "accept:Open");
  }

  private static byte[] changed(byte[] one, byte[] two, SplittableRandom random) {
    byte[] bytes = one.clone();
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = join(bytes, at, bytes, at + 1);
        case 3 -> bytes = join(bytes, at, bytes, at);
        default -> bytes = join(bytes, at, two, two.length == 0 ? 0 : random.nextInt(two.length));
      }
    }
    return bytes;
  }

  /** The first {@code to} bytes of one, and of the other those from {@code from} on. */
  private static byte[] join(byte[] one, int to, byte[] two, int from) {
    ByteBuffer joined = ByteBuffer.allocate(to + two.length - from);
    return joined.put(one, 0, to).put(two, from, two.length - from).array();
  }
}
