package sluice.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * A program that is run in a network namespace of its own, with two interfaces: {@code b0}, to
 * which it is bound, and {@code w0}, which has the better route. It does all that a client does
 * while the first is up, down, has another address, is gone and is there again, and prints how many
 * packets have left by which.
 */
final class BoundProbe {
  private static final long CONNECT_NANOS = 400_000_000L;
  private static final List<String> PLACES = List.of("10.7.0.1", "10.8.0.1", "10.9.0.1");

  private BoundProbe() {}

  public static void main(String[] ways) throws Exception {
    Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6"), "1");
    Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6"), "1");
    ip("link set lo up");
    link("w", "10.8.0.2/24", "");
    for (String way : ways) {
      TransportConfig config =
          switch (way) {
            case "device" -> TransportConfig.defaults().binding(binding(Optional.of("b0")));
            case "address" ->
                TransportConfig.defaults()
                    .from(List.of(InetAddress.ofLiteral("10.9.0.2")))
                    .binding(binding(Optional.empty()));

            default -> TransportConfig.defaults().binding(binding(Optional.empty()));
          };
      run(way, config);
    }
  }

  private static Binding binding(Optional<String> device) {
    return new Binding(device, List.of(InetAddress.ofLiteral("10.7.0.53")), OptionalInt.of(8));
  }

  private static void run(String way, TransportConfig config) throws Exception {
    link("b", "10.9.0.2/24", " metric 500");
    long wrong = sent("w0");
    long right = sent("b0");
    try (Bed bed = new Bed(config)) {
      Kept kept = new Kept();
      bed.run(() -> bed.transport.net().udp(Bed.loopback("0.0.0.0"), kept));
      Bed.await(kept.bound);
      traffic(bed, kept);
      long up = sent("b0") - right;
      ip("link set b0 down");
      traffic(bed, kept);
      ip("addr del 10.9.0.2/24 dev b0");
      ip("addr add 10.9.1.2/24 dev b0");
      ip("link set b0 up");
      ip("route replace default dev b0 metric 500");
      traffic(bed, kept);
      ip("link del b0");
      traffic(bed, kept);
      link("b", "10.9.0.2/24", " metric 500");
      traffic(bed, kept);
      ip("link del b0");
      System.out.println(way + ": bound " + up + " other " + (sent("w0") - wrong));
    }
  }

  /** Does everything once, and waits until it has failed. */
  private static void traffic(Bed bed, Kept kept) {
    List<CompletableFuture<?>> outcomes = new ArrayList<>();
    for (String place : PLACES) {
      Endpoint to = Bed.endpoint(place, 80);
      outcomes.add(bed.connect(to, CONNECT_NANOS, bed.log()));
      bed.run(() -> kept.send(to));
      Kept fresh = new Kept();
      bed.run(() -> bed.transport.trackers().net().udp(Bed.loopback("0.0.0.0"), fresh));
      outcomes.add(fresh.bound);
      bed.run(() -> fresh.send(to));
      outcomes.add(get(bed, "http://" + place + "/announce"));
    }
    // A name: its questions have left when the others have ended.
    var _ = get(bed, "http://tracker.example/announce");
    Kept group = new Kept();
    Endpoint lsd = Bed.endpoint("239.192.152.143", 6_771);
    bed.run(() ->
        bed.transport
            .datagrams()
            .net()
            .multicast(lsd, List.of(InetAddress.ofLiteral("0.0.0.0")), group));
    outcomes.add(bed.tryListen(Bed.loopback("0.0.0.0")));
    for (CompletableFuture<?> outcome : outcomes) {
      Bed.await(outcome.handle((done, fault) -> "over"));
    }
    bed.run(() -> group.send(lsd));
  }

  private static CompletableFuture<String> get(Bed bed, String url) {
    CompletableFuture<String> over = new CompletableFuture<>();
    Http.Request request =
        new Http.Request(URI.create(url), Optional.empty(), Optional.empty(), 1_000, CONNECT_NANOS);
    Http.Handler handler =
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            over.complete("answer");
          }

          @Override
          public void onFault(Fault fault) {
            over.complete("fault");
          }
        };
    bed.run(() -> bed.transport.http().get(request, handler));
    return over;
  }

  /** A pair of interfaces, of which the second swallows what the first sends. */
  private static void link(String name, String address, String metric) throws Exception {
    ip("link add " + name + "0 type veth peer name " + name + "1");
    ip("addr add " + address + " dev " + name + "0");
    ip("link set " + name + "0 up");
    ip("link set " + name + "1 up");
    ip("route add default dev " + name + "0" + metric);
  }

  private static void ip(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ", -1)));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("ip " + arguments + " ended with " + code);
    }
  }

  /** Packets that have left by an interface. */
  private static long sent(String device) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
      String[] words = line.strip().split("[\\s:]+", -1);
      if (words[0].equals(device)) {
        return Long.parseLong(words[10]);
      }
    }
    return 0;
  }

  /** A datagram socket. */
  private static final class Kept implements Net.UdpHandler {
    final CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    private Net.@Nullable Datagrams socket;

    void send(Endpoint to) {
      if (socket != null) {
        socket.send(to, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      }
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      socket = opened;
      bound.complete(local);
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      // Own words to the group come back.
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      if (to == null) {
        bound.completeExceptionally(new Bed.FaultException(fault));
      }
    }
  }
}
