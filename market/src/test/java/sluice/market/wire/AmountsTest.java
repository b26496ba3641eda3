package sluice.market.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.market.money.Price;
import sluice.market.sign.Keccak;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.wire.ProtocolException;

/** Every number of every message, from below zero to beyond 2^63, and of the handshake. */
class AmountsTest {
  private static final Pattern NUMBER = Pattern.compile("1:([a-z])i([0-9]+)e");
  private static final int ROUNDS = Integer.getInteger("sluice.fuzz.iterations", 20_000);

  /** What is written where a number belongs, and is none that there may be. */
  private static final List<String> NO_NUMBERS =
      List.of(
          "-9223372036854775809",
          "-9223372036854775808",
          "-1",
          "-0",
          "00",
          "01",
          "",
          "+1",
          " 1",
          "1.5",
          "1e3",
          "0x1",
          "9223372036854775808",
          "9223372036854775809",
          "18446744073709551615",
          "18446744073709551616",
          "99999999999999999999999999999999");

  /** Fields that are less than 2^63 - 1 at the most, by type of message. */
  private static final Map<String, Set<String>> NARROW =
      Map.of(
          "0", Set.of("x"),
          "1", Set.of("d", "m"),
          "5", Set.of("g"),
          "6", Set.of("y"),
          "7", Set.of("y"));

  static List<PayMessage> messages() {
    return PayCodecTest.messages();
  }

  private static String text(PayMessage message) {
    return new String(PayCodec.encode(message), ISO_8859_1);
  }

  private static Optional<PayMessage> read(String text) {
    try {
      return Optional.of(PayCodec.decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1))));
    } catch (ProtocolException violation) {
      assertThat(violation).hasMessageContaining("bwpay");
      return Optional.empty();
    }
  }

  private static String with(String text, MatchResult field, String number) {
    return text.substring(0, field.start(2)) + number + text.substring(field.end(2));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachNumberIsReadStrictly(PayMessage message) {
    String text = text(message);
    List<MatchResult> fields = NUMBER.matcher(text).results().toList();
    String type =
        fields.stream().filter(f -> f.group(1).equals("t")).findFirst().orElseThrow().group(2);
    for (MatchResult field : fields) {
      String name = type + "." + field.group(1);
      for (String wrong : NO_NUMBERS) {
        assertThat(read(with(text, field, wrong))).as("%s = %s", name, wrong).isEmpty();
      }
      Optional<PayMessage> most = read(with(text, field, Long.toString(Long.MAX_VALUE)));
      boolean isNarrow = NARROW.getOrDefault(type, Set.of()).contains(field.group(1));
      assertThat(most.isPresent()).as("%s = 2^63 - 1", name).isEqualTo(!isNarrow);
      most.ifPresent(m -> assertThat(read(text(m))).contains(m));
    }
  }

  @Test
  void eachTypeOfMessageAndEachOfItsNumbersIsThere() {
    Set<String> seen = new TreeSet<>();
    for (PayMessage message : messages()) {
      String text = text(message);
      String type =
          NUMBER
              .matcher(text)
              .results()
              .filter(f -> f.group(1).equals("t"))
              .findFirst()
              .orElseThrow()
              .group(2);
      NUMBER.matcher(text).results().forEach(f -> seen.add(type + f.group(1)));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "0n", "0r", "0t", "0w", "0x", "1d", "1i", "1m", "1n", "1r", "1t", "1w", "2t", "3i",
            "3m", "3t", "4m", "4t", "4w", "5b", "5d", "5g", "5t", "6i", "6t", "6y", "7t", "7y",
            "64t");
  }

  private static PayOffer offer() {
    return new PayOffer(
        List.of("tron:1", "tron:2"),
        Optional.of(new Price(5)),
        List.of(Keccak.of(new byte[] {1})),
        3,
        1 << 20);
  }

  private static Optional<PayOffer> told(String text) throws BencodeException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    BencodeLimits limits = new BencodeLimits(PayCodec.MAX_BYTES, 8, 256);
    return Bencode.parse(bytes, limits) instanceof BDictionary dictionary
        ? PayOffer.decode(dictionary)
        : Optional.empty();
  }

  /** A handshake is no place for violations: what makes no sense is not there. */
  @Test
  void numbersOfTheHandshake() throws BencodeException {
    String text = new String(Bencode.write(offer().encode()), ISO_8859_1);
    assertThat(told(text)).contains(offer());
    assertThat(told(text.replace("1:fi5e", "1:fi-1e")).orElseThrow().floor()).isEmpty();
    assertThat(told(text.replace("1:wi1048576e", "1:wi-1e")).orElseThrow().windowBytes()).isZero();
    assertThat(told(text.replace("1:pi3e", "1:pi-1e"))).isEmpty();
    assertThat(told(text.replace("1:pi3e", "1:p1:3"))).isEmpty();
    assertThat(told(text.replace("1:vli1ee", "1:vli2ee"))).isEmpty();
    String most = "i" + Long.MAX_VALUE + "e";
    assertThat(told(text.replace("1:fi5e", "1:f" + most)).orElseThrow().floor())
        .contains(new Price(Long.MAX_VALUE));
    assertThat(told(text.replace("1:pi3e", "1:p" + most)).orElseThrow().sells()).isTrue();
    assertThat(told(text.replace("1:wi1048576e", "1:w" + most)).orElseThrow().windowBytes())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void changedHandshakesNeverFail() {
    long seed = Long.getLong("sluice.fuzz.seed", 20_261_126L);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] right = Bencode.write(offer().encode());
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = right.clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Optional<PayOffer> told = told(new String(bytes, ISO_8859_1));
        if (told.isPresent()) {
          read++;
          assertThat(PayOffer.decode(told.get().encode()).isPresent())
              .as("seed %d, run %d", seed, i)
              .isTrue();
        }
      } catch (BencodeException noDictionary) {
        assertThat(noDictionary.getMessage()).as("seed %d, run %d", seed, i).isNotBlank();
      }
    }
    assertThat(read).isPositive();
  }
}
