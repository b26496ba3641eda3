package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated answers of routers are taken or passed over, nothing else. */
class NatFuzzTest {
  @Test
  void datagrams() {
    Fuzz.run(CorpusReaders.named("port-map"), List.of());
  }

  @Test
  void searches() {
    Fuzz.run(CorpusReaders.named("ssdp"), List.of());
  }

  @Test
  void descriptions() {
    Fuzz.run(CorpusReaders.named("igd-xml"), List.of());
  }
}
