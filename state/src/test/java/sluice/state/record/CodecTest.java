package sluice.state.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sluice.protocol.wire.PieceSet;

/** Records come back as they were, and bytes that are no record are refused. */
final class CodecTest {
  /** A record's codec, as bytes to value to bytes. */
  private record Codec(String name, Function<byte[], byte[]> again, boolean hasChecksum) {}

  private static final List<Codec> CODECS =
      List.of(
          new Codec("options", b -> OptionsCodec.encode(OptionsCodec.decode(b)), false),
          new Codec("priorities", b -> PrioritiesCodec.encode(PrioritiesCodec.decode(b)), false),
          new Codec("change", b -> PlaceChangeCodec.encode(PlaceChangeCodec.decode(b)), false),
          new Codec("resume", b -> ResumeCodec.encode(ResumeCodec.decode(b)), true));

  private static final TorrentOptions OPTIONS =
      new TorrentOptions(
          new Limits(1, Long.MAX_VALUE, 3, Integer.MAX_VALUE, 77_777, Long.MAX_VALUE),
          new ShareLimits(ShareLimits.NONE, 5, 0, 2),
          true,
          false,
          true,
          true,
          -9,
          "häuser",
          List.of("x", "", "y z"),
          "slow",
          new Ways(
              false,
              true,
              false,
              List.of("http://a/", "https://b/ü"),
              List.of("host:1", "[::1]:65535")),
          List.of(new RawField(20, new byte[] {1, 2, 3}), new RawField(999, new byte[0])));

  private static final Resume RESUME =
      new Resume(
          pieces(19, 0, 7, 18),
          List.of(new FileStamp(0, -5), FileStamp.ABSENT, new FileStamp(Long.MAX_VALUE - 1, 9)),
          Optional.of(new RootIdentity("dev", "key")),
          77,
          List.of(new RenamedFile(2, "ö/ü")));

  private static final Resume UNFINISHED =
      new Resume(
          pieces(19, 0),
          List.of(),
          Optional.empty(),
          0,
          List.of(),
          Map.of(
              3, BitSet.valueOf(new long[] {0x8000_0000_0000_0101L}),
              4, BitSet.valueOf(new long[] {1}),
              18, BitSet.valueOf(new long[] {0, 0, 6})));

  @Test
  void optionsComeBack() {
    assertThat(OptionsCodec.encode(TorrentOptions.DEFAULT)).isEmpty();
    assertThat(OptionsCodec.decode(new byte[0])).isEqualTo(TorrentOptions.DEFAULT);
    assertThat(OptionsCodec.decode(OptionsCodec.encode(OPTIONS))).isEqualTo(OPTIONS);
  }

  @Test
  void changesComeBack() {
    for (PlaceChange change :
        List.of(
            new PlaceChange.Move("/a", "/ö"),
            new PlaceChange.Find("/ä"),
            new PlaceChange.RenameFile(999_999, List.of("a", "b c")),
            new PlaceChange.RenameFolder(List.of("a"), List.of("b", "c")),
            new PlaceChange.Erase())) {
      assertThat(PlaceChangeCodec.decode(PlaceChangeCodec.encode(change))).isEqualTo(change);
    }
  }

  @Test
  void resumeRecordsComeBack() {
    assertThat(ResumeCodec.decode(ResumeCodec.encode(RESUME))).isEqualTo(RESUME);
    assertThat(ResumeCodec.decode(ResumeCodec.encode(UNFINISHED))).isEqualTo(UNFINISHED);
    for (PieceSet have : List.of(PieceSet.full(1_000_000), new PieceSet(1_000_000))) {
      Resume large = new Resume(have, List.of(), Optional.empty(), 0, List.of());
      byte[] bytes = ResumeCodec.encode(large);
      assertThat(bytes.length).isLessThan(16);
      assertThat(ResumeCodec.decode(bytes)).isEqualTo(large);
    }
  }

  @Test
  void prioritiesComeBack() {
    byte[] values = new byte[100_000];
    Arrays.fill(values, 40_000, 90_000, (byte) -7);
    values[99_999] = 127;
    FilePriorities priorities = FilePriorities.of(values);
    byte[] bytes = PrioritiesCodec.encode(priorities);
    assertThat(bytes.length).isLessThan(24);
    assertThat(PrioritiesCodec.decode(bytes)).isEqualTo(priorities);
  }

  @Test
  void everyChangedBitOfAResumeRecordIsFound() {
    byte[] bytes = ResumeCodec.encode(RESUME);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> ResumeCodec.decode(changed)).isInstanceOf(RecordException.class);
    }
  }

  /** Rows: name, codec, {@code accept} or {@code reject}, why, bytes in hexadecimal. */
  @TestFactory
  Stream<DynamicTest> corpus() throws IOException {
    List<String[]> rows = rows();
    assertThat(rows).hasSizeGreaterThan(20);
    return rows.stream().map(row -> DynamicTest.dynamicTest(row[0], () -> check(row)));
  }

  private static void check(String[] row) {
    byte[] input = input(row);
    Codec codec = codec(row[1]);
    if (row[2].equals("accept")) {
      assertThat(codec.again().apply(input)).as(row[3]).isEqualTo(input);
    } else {
      assertThatThrownBy(() -> codec.again().apply(input))
          .as(row[3])
          .isInstanceOf(RecordException.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> mutations() throws IOException {
    List<String[]> rows = rows();
    return CODECS.stream()
        .map(codec -> {
          List<byte[]> seeds = new ArrayList<>();
          rows.stream().filter(r -> r[1].equals(codec.name())).forEach(r -> seeds.add(input(r)));
          seeds.add(
              switch (codec.name()) {
                case "options" -> OptionsCodec.encode(OPTIONS);
                case "resume" -> ResumeCodec.encode(RESUME);
                default -> PrioritiesCodec.encode(FilePriorities.of(new byte[] {1, 1, 2}));
              });
          return DynamicTest.dynamicTest(codec.name(), () -> fuzz(codec, seeds));
        });
  }

  private static void fuzz(Codec codec, List<byte[]> seeds) {
    long seed = Long.getLong("sluice.fuzz.seed", 20_251_125L);
    int iterations = Integer.getInteger("sluice.fuzz.iterations", 20_000);
    System.out.println("fuzz " + codec.name() + " seed " + seed + " iterations " + iterations);
    SplittableRandom random = new SplittableRandom(seed);
    int accepted = 0;
    for (int i = 0; i < iterations; i++) {
      byte[] input = mutate(random, seeds.get(random.nextInt(seeds.size())));
      if (codec.hasChecksum()) {
        seal(input);
      }
      try {
        byte[] once = codec.again().apply(input);
        assertThat(codec.again().apply(once))
            .as("seed %d, iteration %d, input %s", seed, i, HexFormat.of().formatHex(input))
            .isEqualTo(once);
        accepted++;
      } catch (RecordException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(accepted).as("mutations that are records").isPositive();
  }

  private static byte[] mutate(SplittableRandom random, byte[] seed) {
    byte[] bytes = Arrays.copyOf(seed, Math.max(0, seed.length + random.nextInt(-2, 3)));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Makes the last four bytes the checksum of the others, so that mutations get beyond it. */
  private static void seal(byte[] bytes) {
    if (bytes.length >= 4) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, bytes.length - 4);
      for (int i = 0; i < 4; i++) {
        bytes[bytes.length - 1 - i] = (byte) (crc.getValue() >>> (8 * i));
      }
    }
  }

  private static byte[] input(String[] row) {
    byte[] bytes =
        HexFormat.of().parseHex(row[4].replaceAll("[ -]", "").replace("crc", "00000000"));
    if (row[4].endsWith("crc")) {
      seal(bytes);
    }
    return bytes;
  }

  private static Codec codec(String name) {
    return CODECS.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String[]> rows() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CodecTest.class.getResourceAsStream("/corpus/state.tsv"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.startsWith("#")).map(l -> l.split("\t", -1)).toList();
    }
  }

  private static PieceSet pieces(int size, int... there) {
    PieceSet set = new PieceSet(size);
    for (int piece : there) {
      set.set(piece);
    }
    return set;
  }
}
