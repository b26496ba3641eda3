package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** A socket that is flooded is read less often, and is read on. */
class FloodedSocketTest {
  private static final byte[] JUNK = new byte[100];
  private static final byte[] WORD = {1};

  /** Many more than are a flood; enough of them fit into the buffer of a socket. */
  private static final int ROUNDS = 40;

  private static final int PER_ROUND = 100;
  private static final long ROUND_NANOS = 1_000_000L;

  /** Takes what begins with {@link #WORD}, and has no use for the rest. */
  private static final class Place implements Net.UdpHandler {
    final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    final CompletableFuture<Integer> heard = new CompletableFuture<>();
    Net.@Nullable Datagrams socket;
    int wasted;

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      socket = opened;
      bound.complete(local);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      if (payload.get() == WORD[0]) {
        heard.complete(wasted);
      } else {
        wasted++;
        socket.wasted();
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      heard.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isReadOn(boolean portable) {
    TransportConfig config = TransportConfig.defaults();
    try (Bed bed = new Bed(portable ? config.portable() : config)) {
      Place sender = new Place();
      Place place = new Place();
      bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), sender));
      bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), place));
      Bed.await(sender.bound);
      Endpoint to = Bed.await(place.bound);
      bed.run(() -> flood(bed, sender, place, to, ROUNDS));
      assertThat(Bed.await(place.heard)).isGreaterThan(1_000);
    }
  }

  /** Sends junk in rounds, and then a word until it is heard, as the system may drop it. */
  private static void flood(Bed bed, Place sender, Place place, Endpoint to, int rounds) {
    if (place.heard.isDone()) {
      return;
    }
    int count = rounds > 0 ? PER_ROUND : 1;
    for (int i = 0; i < count; i++) {
      sender.socket.send(to, ByteBuffer.wrap(rounds > 0 ? JUNK : WORD));
    }
    int left = Math.max(0, rounds - 1);
    bed.transport.loop().after(ROUND_NANOS, () -> flood(bed, sender, place, to, left));
  }
}
