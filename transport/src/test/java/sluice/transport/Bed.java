package sluice.transport;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/** A transport with what tests on loopback do again and again. */
final class Bed implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;

  final Transport transport;

  Bed(TransportConfig config) {
    transport = Transport.open(config);
  }

  static Endpoint loopback(String literal) {
    return endpoint(literal, 0);
  }

  static Endpoint endpoint(String literal, int port) {
    return new Endpoint(InetAddress.ofLiteral(literal), port);
  }

  /** The fault that {@code outcome} ends with. */
  static Fault fault(CompletableFuture<?> outcome) {
    try {
      Object value = await(outcome);
      throw new IllegalStateException("no fault, but " + value);
    } catch (CompletionException e) {
      if (e.getCause() instanceof FaultException ended) {
        return ended.fault;
      }
      throw e;
    }
  }

  /** Runs {@code task} on the loop and gives its result. */
  <T> T on(Supplier<T> task) {
    return await(CompletableFuture.supplyAsync(task, transport.loop()::execute));
  }

  /** Runs {@code task} on the loop and waits for its end. */
  void run(Runnable task) {
    await(CompletableFuture.runAsync(task, transport.loop()::execute));
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Listens; each stream that comes in is the next of {@link Door#accepted}. */
  Door listen(Endpoint local) {
    Door door = new Door(this);
    run(() -> transport.net().listen(local, door));
    await(door.listening);
    return door;
  }

  /** The outcome of a listen. */
  CompletableFuture<Endpoint> tryListen(Endpoint local) {
    Door door = new Door(this);
    run(() -> transport.net().listen(local, door));
    return door.listening;
  }

  /** The outcome of a connect, with {@code log} as its handler. */
  CompletableFuture<Pipe> connect(Endpoint remote, long timeoutNanos, PipeLog log) {
    CompletableFuture<Pipe> pipe = new CompletableFuture<>();
    Net.ConnectHandler handler =
        new Net.ConnectHandler() {
          @Override
          public void onConnected(Pipe connected) {
            connected.handler(log);
            pipe.complete(connected);
          }

          @Override
          public void onFault(Fault fault) {
            pipe.completeExceptionally(new FaultException(fault));
          }
        };
    run(() -> transport.net().connect(remote, timeoutNanos, handler));
    return pipe;
  }

  PipeLog log() {
    return new PipeLog(transport.loop());
  }

  @Override
  public void close() {
    transport.close();
  }

  /** A fault where a future needs an exception. */
  static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient Fault fault;

    FaultException(Fault fault) {
      super(fault.toString());
      this.fault = fault;
    }
  }

  /** A listener and the streams that came in. */
  static final class Door implements Net.ListenHandler {
    final CompletableFuture<Endpoint> listening = new CompletableFuture<>();
    Net.Handle handle = () -> {};

    private final Bed bed;
    private final ArrayDeque<CompletableFuture<Accepted>> ready = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<Accepted>> wanted = new ArrayDeque<>();

    private Door(Bed bed) {
      this.bed = bed;
    }

    Endpoint address() {
      return listening.join();
    }

    /** Streams that nobody has asked for. */
    int waiting() {
      return bed.on(ready::size);
    }

    /** The next stream. */
    Accepted accepted() {
      return await(bed.on(() -> next(wanted, ready)));
    }

    /** A place in {@code mine} that was left by the other side, or else one for it to find. */
    private static CompletableFuture<Accepted> next(
        ArrayDeque<CompletableFuture<Accepted>> mine,
        ArrayDeque<CompletableFuture<Accepted>> others) {
      CompletableFuture<Accepted> place = others.poll();
      if (place == null) {
        place = new CompletableFuture<>();
        mine.add(place);
      }
      return place;
    }

    @Override
    public void onListening(Endpoint local, Net.Handle listener) {
      handle = listener;
      listening.complete(local);
    }

    @Override
    public void onAccept(Pipe pipe) {
      PipeLog log = bed.log();
      pipe.handler(log);
      next(ready, wanted).complete(new Accepted(pipe, log));
    }

    @Override
    public void onFault(Fault fault) {
      listening.completeExceptionally(new FaultException(fault));
    }
  }

  /** A stream that came in. */
  record Accepted(Pipe pipe, PipeLog log) {}
}
