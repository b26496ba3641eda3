package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * Datagrams that leave in one turn are not one stream: each comes as it was sent, whichever way
 * they are received, of which the way changes with their number.
 */
class BurstTest {
  private static final int ROUNDS = 120;

  /** In a round: they fit into the smallest buffer that systems give. */
  private static final int DATAGRAMS = 100;

  private static final int MOST_BYTES = 1_472;

  /** Where some come. */
  private static final class Place implements Net.UdpHandler {
    private final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    private CompletableFuture<List<ByteBuffer>> all = new CompletableFuture<>();
    private final List<ByteBuffer> heard = new ArrayList<>();
    private final List<ByteBuffer> wanted = new ArrayList<>();
    private Net.@Nullable Datagrams socket;

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      socket = opened;
      bound.complete(local);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      heard.add(ByteBuffer.wrap(bytes));
      if (heard.size() == wanted.size()) {
        all.complete(List.copyOf(heard));
      }
    }

    /** What comes from here on is of the next round. */
    void forget() {
      all = new CompletableFuture<>();
      heard.clear();
      wanted.clear();
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      all.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  @RepeatedTest(4)
  void eachComesAsItWasSent(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    boolean portable = seed % 2 == 0;
    TransportConfig config = TransportConfig.defaults();
    Random random = new Random(seed);
    try (Bed bed = new Bed(portable ? config.portable() : config)) {
      Place sender = new Place();
      List<Place> places = List.of(new Place(), new Place());
      bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), sender));
      Bed.await(sender.bound);
      for (Place place : places) {
        bed.run(() -> bed.transport.net().udp(Bed.loopback("127.0.0.1"), place));
        Bed.await(place.bound);
      }
      for (int round = 0; round < ROUNDS; round++) {
        bed.run(() -> {
          places.forEach(Place::forget);
          send(sender, places, random);
        });
        for (Place place : places) {
          List<ByteBuffer> heard = Bed.await(bed.on(() -> place.all));
          assertThat(heard).as("seed %d", seed).isEqualTo(bed.on(() -> List.copyOf(place.wanted)));
        }
      }
    }
  }

  /** Rows to one of the places and the other, of which each gets one at least. */
  private static void send(Place sender, List<Place> places, Random random) {
    Place to = places.getFirst();
    int length = MOST_BYTES;
    for (int i = 0; i < DATAGRAMS; i++) {
      boolean last = i == DATAGRAMS - 1;
      to = last ? places.getLast() : random.nextInt(20) == 0 ? places.get(random.nextInt(2)) : to;
      length = random.nextInt(10) == 0 ? 1 + random.nextInt(MOST_BYTES) : length;
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      to.wanted.add(ByteBuffer.wrap(bytes));
      sender.socket.send(to.bound.join(), ByteBuffer.wrap(bytes));
    }
  }
}
