package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated answers of proxies end a talk or are waited on, nothing else. */
class ProxyFuzzTest {
  @Test
  void socks() {
    Fuzz.run(CorpusReaders.named("socks-talk"), List.of());
  }

  @Test
  void datagrams() {
    Fuzz.run(CorpusReaders.named("socks-datagram"), List.of());
  }

  @Test
  void connect() {
    Fuzz.run(CorpusReaders.named("http-connect"), List.of());
  }
}
