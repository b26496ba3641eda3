package sluice.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * A program that is run in a network namespace of its own: listens by an interface, for streams and
 * datagrams, which come from another namespace, and goes on doing so when the interface has been
 * deleted and made again. Prints how long that takes.
 */
final class RevivalProbe {
  private static final String HERE = "10.9.0.2";
  private static final long STEP_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Process other;
  private final AtomicInteger datagrams = new AtomicInteger();

  private RevivalProbe(Process other) {
    this.other = other;
  }

  public static void main(String[] args) throws Exception {
    Process holder = new ProcessBuilder("unshare", "-n", "sleep", "300").start();
    try {
      new RevivalProbe(holder).run();
    } finally {
      holder.destroy();
    }
  }

  private void run() throws Exception {
    Path ours = Path.of("/proc/self/ns/net");
    Path theirs = Path.of("/proc/" + other.pid() + "/ns/net");
    while (Files.readSymbolicLink(ours).equals(Files.readSymbolicLink(theirs))) {
      LockSupport.parkNanos(STEP_NANOS);
    }
    link();
    Binding binding = new Binding(Optional.of("b0"), List.of(), OptionalInt.empty());
    try (Bed bed = new Bed(TransportConfig.defaults().binding(binding))) {
      Bed.Door door = bed.listen(Bed.loopback("0.0.0.0"));
      CompletableFuture<Endpoint> bound = new CompletableFuture<>();
      bed.run(() -> bed.transport.net().udp(Bed.loopback("0.0.0.0"), counter(bound)));
      int udp = Bed.await(bound).port();
      System.out.println("first " + reached(door, udp));
      run(List.of("ip", "link", "del", "b0"));
      link();
      System.out.println("again " + reached(door, udp));
    }
  }

  /** Seconds until both a stream and a datagram have come. */
  private double reached(Bed.Door door, int udp) throws Exception {
    long began = System.nanoTime();
    int before = datagrams.get();
    String call =
        "exec 3<>/dev/tcp/%s/%d; echo -n x > /dev/udp/%s/%d"
            .formatted(HERE, door.address().port(), HERE, udp);
    while (door.waiting() == 0 || datagrams.get() == before) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        return Double.POSITIVE_INFINITY;
      }
      Process tried = new ProcessBuilder(there("timeout", "1", "bash", "-c", call)).start();
      tried.waitFor(1, TimeUnit.MINUTES);
      LockSupport.parkNanos(STEP_NANOS);
    }
    while (door.waiting() > 0) {
      door.accepted().pipe().close();
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private Net.UdpHandler counter(CompletableFuture<Endpoint> bound) {
    return new Net.UdpHandler() {
      @Override
      public void onBound(Endpoint local, Net.Datagrams socket) {
        bound.complete(local);
      }

      @Override
      public void onDatagram(Endpoint from, ByteBuffer payload) {
        datagrams.incrementAndGet();
      }

      @Override
      public void onFault(@Nullable Endpoint to, Fault fault) {
        bound.completeExceptionally(new Bed.FaultException(fault));
      }
    };
  }

  /** The interface, whose other end is in the other namespace. */
  private void link() throws Exception {
    String pid = Long.toString(other.pid());
    run(List.of("ip", "link", "add", "b0", "type", "veth", "peer", "name", "p0", "netns", pid));
    run(List.of("ip", "addr", "add", HERE + "/24", "dev", "b0"));
    run(List.of("ip", "link", "set", "b0", "up"));
    run(there("ip", "addr", "add", "10.9.0.1/24", "dev", "p0"));
    run(there("ip", "link", "set", "p0", "up"));
  }

  private List<String> there(String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(other.pid()), "-n"));
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code);
    }
  }
}
