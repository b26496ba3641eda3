package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated packets of uTP are taken or passed over, nothing else. */
class UtpFuzzTest {
  @Test
  void packet() {
    Fuzz.run(CorpusReaders.named("utp-packet"), List.of());
  }
}
