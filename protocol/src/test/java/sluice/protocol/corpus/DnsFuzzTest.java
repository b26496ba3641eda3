package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated answers of name servers are taken or passed over, nothing else. */
class DnsFuzzTest {
  @Test
  void addresses() {
    Fuzz.run(CorpusReaders.named("dns-a"), List.of());
  }

  @Test
  void texts() {
    Fuzz.run(CorpusReaders.named("dns-txt"), List.of());
  }

  @Test
  void preferences() {
    Fuzz.run(CorpusReaders.named("tracker-preferences"), List.of());
  }
}
