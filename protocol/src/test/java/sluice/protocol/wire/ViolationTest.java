package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the framer refuses, in a torrent of 20 pieces of 64 KiB whose last has 1,000 bytes. */
class ViolationTest {
  private static final long LENGTH = 19 * 65_536 + 1_000;

  @ParameterizedTest
  @CsvSource({
    "00100001, OVERSIZED_MESSAGE",
    "ffffffff, OVERSIZED_MESSAGE",
    "0002000a 07, OVERSIZED_MESSAGE",
    "00006000 16, MALFORMED_MESSAGE",
    "00004851 16, OVERSIZED_MESSAGE",
    "00000002 00, MALFORMED_MESSAGE",
    "00000002 03, MALFORMED_MESSAGE",
    "00000004 04, MALFORMED_MESSAGE",
    "00000001 04, MALFORMED_MESSAGE",
    "0000000e 06, MALFORMED_MESSAGE",
    "0000000c 08, MALFORMED_MESSAGE",
    "00000004 09, MALFORMED_MESSAGE",
    "00000002 0e, MALFORMED_MESSAGE",
    "00000001 14, MALFORMED_MESSAGE",
    "00000009 07, MALFORMED_MESSAGE",
    "00000030 15, MALFORMED_MESSAGE",
    "00000031 16, MALFORMED_MESSAGE",
    "00000005 04 00000014, PIECE_OUT_OF_RANGE",
    "00000005 04 ffffffff, PIECE_OUT_OF_RANGE",
    "00000005 0d 00000014, PIECE_OUT_OF_RANGE",
    "00000005 11 00000014, PIECE_OUT_OF_RANGE",
    "0000000d 06 00000014 00000000 00004000, PIECE_OUT_OF_RANGE",
    "0000000d 08 00000014 00000000 00004000, PIECE_OUT_OF_RANGE",
    "0000000d 10 80000000 00000000 00004000, PIECE_OUT_OF_RANGE",
    "0000000d 06 00000000 00000000 00000000, BAD_REQUEST",
    "0000000d 06 00000000 00000000 00020001, BAD_REQUEST",
    "0000000d 06 00000000 0000c001 00004000, BAD_REQUEST",
    "0000000d 06 00000000 ffffffff 00004000, BAD_REQUEST",
    "0000000d 06 00000013 00000000 000003e9, BAD_REQUEST",
    "0000000d 06 00000000 7fffffff 00004000, BAD_REQUEST",
    "0000000d 08 00000000 ffffffff 00004000, MALFORMED_MESSAGE",
    "0000000a 07 00000014 00000000 00, PIECE_OUT_OF_RANGE",
    "0000000a 07 00000000 00010000 00, MALFORMED_MESSAGE",
    "0000000a 07 00000013 000003e8 00, MALFORMED_MESSAGE",
    "00000003 05, BAD_BITFIELD",
    "00000005 05, BAD_BITFIELD",
    "00000004 05 000008, BAD_BITFIELD",
    "00000004 05 ffffff, BAD_BITFIELD",
  })
  void isRefused(String hex, Violation violation) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    for (int fragment : new int[] {1, bytes.length}) {
      Framer framer = framer();
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> feed(framer, bytes, fragment))
          .satisfies(e -> assertThat(e.violation()).isEqualTo(violation));
      assertThat(framer.isStopped()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000005 04 00000013",
    "00000004 05 fffff0",
    "0000000d 06 00000013 00000000 000003e8",
    "0000000d 06 00000000 00000000 00010000",
    "0000000d 08 00000000 00010000 00004000",
    "0000000a 07 00000013 000003e7 00",
    "00020009 07 00000000",
    "00004831 16",
    "00100000 14",
    "00100000 c8",
  })
  void isAccepted(String hex) {
    assertThatNoException()
        .isThrownBy(() -> feed(framer(), HexFormat.of().parseHex(hex.replace(" ", "")), 1));
  }

  /** Without a layout only what no torrent can have is refused. */
  @ParameterizedTest
  @CsvSource({
    "00000005 04 001fffff, ",
    "00000005 04 00200000, PIECE_OUT_OF_RANGE",
    "00040001 05, ",
    "00040002 05, BAD_BITFIELD",
    "0000000d 06 00000000 7fffffff 00020000, ",
    "0000000d 06 00000000 00000000 00020001, BAD_REQUEST",
    "0000000d 06 00000000 80000000 00004000, BAD_REQUEST",
    "0000000a 07 00000000 80000000 00, MALFORMED_MESSAGE",
    "00000031 15 00, ",
  })
  void withoutLayout(String hex, Violation violation) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Violation seen = null;
    try {
      feed(new Framer(), bytes, bytes.length);
    } catch (ProtocolException e) {
      seen = e.violation();
    }
    assertThat(seen).isEqualTo(violation);
  }

  private static Framer framer() {
    Framer framer = new Framer();
    framer.layout(WireSamples.layout(65_536, LENGTH));
    return framer;
  }

  private static void feed(Framer framer, byte[] bytes, int fragment) {
    Recorder recorder = new Recorder(false);
    for (int at = 0; at < bytes.length; at += fragment) {
      framer.feed(ByteBuffer.wrap(bytes, at, Math.min(fragment, bytes.length - at)), recorder);
    }
  }
}
