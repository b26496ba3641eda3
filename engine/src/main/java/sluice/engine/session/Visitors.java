package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Handshake;

/**
 * Peers that named a torrent which is being opened for them. They wait, with their pipes not read,
 * until it is active; more than a few are sent away. Loop only.
 */
final class Visitors {
  private static final int MAX = 8;
  private static final int MAX_NAMED = 256;
  private static final long LOOK_NANOS = 20_000_000L;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Loop loop;
  private final List<Visitor> waiting = new ArrayList<>(1);
  private final long sinceNanos;
  private final Map<Endpoint, Source> named = new LinkedHashMap<>();

  /** One of them. */
  private record Visitor(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {}

  Visitors(Loop loop) {
    this.loop = loop;
    this.sinceNanos = loop.now();
  }

  void add(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {
    if (waiting.size() == MAX) {
      pipe.close();
      permit.close();
      return;
    }
    pipe.reading(false);
    ByteBuffer copy = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
    waiting.add(new Visitor(pipe, theirs, copy, permit));
    if (waiting.size() == 1) {
      loop.after(PATIENCE_NANOS, this::sendAway);
    }
  }

  /** Peers that have not come, but were named by {@code source}. */
  void offer(List<Endpoint> peers, Source source) {
    for (Endpoint peer : peers) {
      if (named.size() < MAX_NAMED) {
        named.putIfAbsent(peer, source);
      }
    }
  }

  /** Lets them in as soon as {@code torrent} is active. */
  void bring(Torrent torrent) {
    named.forEach((peer, source) -> torrent.offer(List.of(peer), source));
    named.clear();
    if (waiting.isEmpty()) {
      return;
    }
    if (torrent.phase().isActive()) {
      List<Visitor> all = List.copyOf(waiting);
      waiting.clear();
      for (Visitor v : all) {
        v.pipe().reading(true);
        torrent.accept(v.pipe(), v.theirs(), v.rest(), v.permit());
      }
    } else if (loop.now() - sinceNanos < PATIENCE_NANOS) {
      loop.after(LOOK_NANOS, () -> bring(torrent));
    }
  }

  /** Sends away who waits. */
  void sendAway() {
    List<Visitor> all = List.copyOf(waiting);
    waiting.clear();
    for (Visitor v : all) {
      v.pipe().close();
      v.permit().close();
    }
  }
}
