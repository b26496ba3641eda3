package sluice.protocol.corpus;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mutated MSE handshakes end well or are refused, for both sides. */
class MseFuzzTest {
  @Test
  void responder() {
    Fuzz.run(CorpusReaders.named("mse-responder"), List.of());
  }

  @Test
  void initiator() {
    Fuzz.run(CorpusReaders.named("mse-initiator"), List.of());
  }
}
