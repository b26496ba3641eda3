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

/** Datagrams that leave in one turn are not one stream: each comes as it was sent. */
class BurstTest {
  private static final int DATAGRAMS = 300;
  private static final int MOST_BYTES = 1_472;

  /** Where some come. */
  private static final class Place implements Net.UdpHandler {
    private final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    private final CompletableFuture<List<List<Byte>>> all = new CompletableFuture<>();
    private final List<List<Byte>> heard = new ArrayList<>();
    private final List<List<Byte>> wanted = new ArrayList<>();
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
      heard.add(list(bytes));
      if (heard.size() == wanted.size()) {
        all.complete(heard);
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      all.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
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
      bed.run(() -> {
        Place to = places.getFirst();
        int length = MOST_BYTES;
        for (int i = 0; i < DATAGRAMS; i++) {
          to = random.nextInt(20) == 0 ? places.get(random.nextInt(2)) : to;
          length = random.nextInt(10) == 0 ? 1 + random.nextInt(MOST_BYTES) : length;
          byte[] bytes = new byte[length];
          random.nextBytes(bytes);
          to.wanted.add(list(bytes));
          sender.socket.send(to.bound.join(), ByteBuffer.wrap(bytes));
        }
      });
      for (Place place : places) {
        assertThat(Bed.await(place.all)).as("seed %d", seed).isEqualTo(place.wanted);
      }
    }
  }
}
