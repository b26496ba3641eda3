package sluice.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutated answers are taken or refused, nothing else. The properties {@code sluice.fuzz.seed} and
 * {@code sluice.fuzz.iterations} repeat or prolong a run.
 */
class HttpFuzzTest {
  private static final int MAX_SEED_BYTES = 4_000;
  private static final int DEFAULT_ITERATIONS = 1_500;

  private static final String[] TOKENS = {
    "\r\n",
    "\n",
    "\r\n\r\n",
    ": ",
    ";",
    ",",
    "0",
    "-1",
    "99",
    "64\r\n",
    "0\r\n\r\n",
    "9223372036854775807",
    "ffffffffffffffff",
    "bytes 100-199/1000",
    "bytes */7",
    "*",
    "\0",
    "\u00ff",
    "Content-Length: 100\r\n",
    "Content-Range: bytes 100-149/1000\r\n",
    "Content-Encoding: gzip\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Retry-After: 9\r\n",
    "Location: /\r\n",
    "HTTP/1.1 206 P\r\n",
    "HTTP/1.1 100 C\r\n\r\n",
    "HTTP/1.0 200 OK\r\n",
    "503",
    "302",
  };

  @ParameterizedTest
  @ValueSource(strings = {"range", "get"})
  void mutatedAnswers(String reader) {
    long seed = Long.getLong("sluice.fuzz.seed", 20_240_731L);
    int iterations = Integer.getInteger("sluice.fuzz.iterations", DEFAULT_ITERATIONS);
    System.out.println("fuzz http " + reader + " seed " + seed + " iterations " + iterations);
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds =
        HttpRow.all().stream()
            .filter(row -> row.reader().equals(reader))
            .map(HttpRow::bytes)
            .filter(bytes -> bytes.length <= MAX_SEED_BYTES)
            .toList();
    try (Bed bed = new Bed(TransportConfig.defaults())) {
      HttpAsk asker = new HttpAsk(bed);
      for (int i = 0; i < iterations; i++) {
        byte[] input = mutated(seeds, random);
        String name =
            reader + ", seed " + seed + ", iteration " + i + ": " + HexFormat.of().formatHex(input);
        try (ScriptedServer server = ScriptedServer.of(input)) {
          assertThat(asker.ask(reader, server.url("/")))
              .as(name)
              .matches("accept:.*|reject:(BAD_ANSWER|CLOSED|UNREACHABLE|UNKNOWN_HOST|REFUSED|TLS)");
        } catch (RuntimeException e) {
          throw new AssertionError(name, e);
        }
      }
    }
  }

  private static byte[] mutated(List<byte[]> seeds, SplittableRandom random) {
    byte[] bytes = pick(seeds, random).clone();
    for (int turns = 1 + random.nextInt(4); turns > 0; turns--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + random.nextInt(17));
      byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(ISO_8859_1);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, random);
            case 1 -> replaced(bytes, from, to, new byte[0]);
            case 2 -> replaced(bytes, from, to, token);
            case 3 -> replaced(bytes, from, from, token);
            case 4 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            default -> replaced(bytes, from, bytes.length, tail(pick(seeds, random), random));
          };
    }
    return bytes;
  }

  private static byte[] pick(List<byte[]> seeds, SplittableRandom random) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] tail(byte[] of, SplittableRandom random) {
    return Arrays.copyOfRange(of, random.nextInt(of.length + 1), of.length);
  }

  private static byte[] flipped(byte[] bytes, SplittableRandom random) {
    byte[] out = bytes.clone();
    if (out.length > 0) {
      out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  private static byte[] replaced(byte[] in, int from, int to, byte[] with) {
    byte[] out = new byte[in.length - (to - from) + with.length];
    System.arraycopy(in, 0, out, 0, from);
    System.arraycopy(with, 0, out, from, with.length);
    System.arraycopy(in, to, out, from + with.length, in.length - to);
    return out;
  }
}
