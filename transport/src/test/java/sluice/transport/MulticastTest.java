package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** Members of a multicast group on this machine hear each other, where an interface can. */
class MulticastTest {
  private static final Endpoint GROUP = Bed.endpoint("239.192.152.143", 46_771);

  /** A member that waits for one text. */
  private static final class Member implements Net.UdpHandler {
    final CompletableFuture<Net.Datagrams> bound = new CompletableFuture<>();
    final CompletableFuture<String> heard = new CompletableFuture<>();

    @Override
    public void onBound(Endpoint local, Net.Datagrams socket) {
      bound.complete(socket);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      heard.complete(StandardCharsets.US_ASCII.decode(payload).toString());
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      bound.completeExceptionally(new Bed.FaultException(fault));
    }
  }

  private static Member join(Bed bed) {
    Member made = new Member();
    List<InetAddress> all = List.of(Bed.endpoint("0.0.0.0", 0).address());
    bed.run(() -> bed.transport.net().multicast(GROUP, all, made));
    return made;
  }

  @Test
  void whatIsSaidToTheGroupIsHeardByAll() {
    try (Bed here = new Bed(TransportConfig.defaults());
        Bed there = new Bed(TransportConfig.defaults())) {
      Member speaker = join(here);
      Member listener = join(there);
      Net.Datagrams socket;
      try {
        socket = Bed.await(speaker.bound);
        Bed.await(listener.bound);
      } catch (CompletionException nowhere) {
        System.err.println("skipped: " + nowhere.getMessage());
        Assumptions.abort("no interface for multicast");
        return;
      }
      here.run(
          () -> socket.send(GROUP, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII))));
      assertThat(Bed.await(listener.heard)).isEqualTo("hello");
      here.run(socket::close);
    }
  }
}
