package sluice.protocol.corpus;

import org.junit.jupiter.api.Test;
import sluice.protocol.krpc.KrpcSamples;
import sluice.protocol.krpc.KrpcWriter;

/** Mutated datagrams of the DHT are refused or give a message that can be written. */
class KrpcFuzzTest {
  @Test
  void datagrams() {
    Fuzz.run(
        CorpusReaders.named("krpc"), KrpcSamples.all().stream().map(KrpcWriter::write).toList());
  }
}
