package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.protocol.announce.TrackerPreferences;
import sluice.protocol.dns.DnsAnswer;
import sluice.protocol.dns.DnsCodec;
import sluice.protocol.dns.DnsType;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** Readers of answers of name servers. */
final class DnsReaders {
  private static final int ID = 0x1234;

  static final List<CorpusReader> ALL =
      List.of(
          CorpusReader.of("dns-a", ProtocolException.class, input -> answer(input, DnsType.A)),
          CorpusReader.of("tracker-preferences", ProtocolException.class, DnsReaders::preferences),
          CorpusReader.of("dns-txt", ProtocolException.class, input -> answer(input, DnsType.TXT)));

  private DnsReaders() {}

  private static void preferences(byte[] input) {
    TrackerPreferences read =
        TrackerPreferences.of(List.of(new String(input, ISO_8859_1)))
            .orElseThrow(() -> new ProtocolException(Violation.MALFORMED_MESSAGE, "other"));
    if (read.ways().size() > TrackerPreferences.MAX_WAYS
        || read.ways().stream().anyMatch(way -> way.port() < 1 || way.port() > 65_535)) {
      throw new AssertionError("not what may be: " + read);
    }
  }

  private static void answer(byte[] input, DnsType type) {
    DnsAnswer answer =
        DnsCodec.answer(ByteBuffer.wrap(input), ID, "a.test", type)
            .orElseThrow(() -> new ProtocolException(Violation.MALFORMED_MESSAGE, "no answer"));
    boolean wrong =
        answer.addresses().stream().anyMatch(address -> address.getAddress().length != 4);
    if (wrong || answer.addresses().size() > DnsAnswer.MAX_RECORDS) {
      throw new AssertionError("not what was asked for: " + answer);
    }
  }
}
