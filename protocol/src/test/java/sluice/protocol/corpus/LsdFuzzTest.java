package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated messages of local service discovery are taken or passed over, nothing else. */
class LsdFuzzTest {
  @Test
  void message() {
    Fuzz.run(CorpusReaders.named("lsd-message"), List.of());
  }
}
