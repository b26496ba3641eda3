package sluice.engine.utp;

import java.nio.ByteBuffer;
import sluice.engine.port.Fault;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.utp.UtpType;

/**
 * One connection of uTP (BEP 29): packets and times in, packets and bytes out. {@link #onPacket} is
 * followed by {@link #turnEnd} once no more packets are at hand, which acknowledges them all.
 *
 * <p>Who accepts sends nothing but acknowledgements until the other side has proved, by naming our
 * first number, that it gets what is sent to its address. A RESET counts only if it acknowledges a
 * number that is under way. Loop only.
 */
final class UtpConnection {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A SYN is sent so often. */
  private static final int MAX_SYNS = 3;

  /** Without any packet for so long, while something is waited for, the other side is gone. */
  private static final long MAX_SILENCE_NANOS = 60 * SECOND_NANOS;

  private static final long UNCONFIRMED_NANOS = 10 * SECOND_NANOS;

  /** Keeps the mappings of routers alive. */
  private static final long KEEP_ALIVE_NANOS = 29 * SECOND_NANOS;

  private static final long PERSIST_NANOS = 2 * SECOND_NANOS;
  private static final long FINISHING_NANOS = 4 * SECOND_NANOS;

  /** Acknowledgements of what was not sent, after which the other side is held for a liar. */
  private static final int MAX_LIES = 8;

  private final Wire wire;
  private final int receiveId;
  private final int sendId;
  private final Delays delays = new Delays();
  private final Inflow inflow = new Inflow();
  private final Statistics statistics = new Statistics();
  private final Sender sender;
  private final byte[] scratch = new byte[UtpCodec.HEADER_BYTES + 2 + UtpCodec.MAX_SELECTIVE_BYTES];
  private Stage stage;
  private int replyMicros;
  private int syns;
  private int lies;
  private long stageSince;
  private long heardNanos;
  private long sentNanos;
  private boolean owesAck;
  private boolean reading = true;
  private boolean shut;

  private enum Stage {
    SYN_SENT,
    UNCONFIRMED,
    OPEN,
    FINISHING,
    CLOSED
  }

  private UtpConnection(
      Wire wire, int receiveId, int sendId, int first, int mostBytes, Stage stage, long now) {
    this.wire = wire;
    this.receiveId = receiveId;
    this.sendId = sendId;
    this.stage = stage;
    this.stageSince = now;
    this.heardNanos = now;
    this.sender = new Sender(first, mostBytes, delays, statistics, this::transmit);
  }

  /**
   * Opens a connection.
   *
   * @param id at which we receive
   * @param first our first sequence number, by chance
   * @param mostBytes of a datagram
   */
  static UtpConnection dial(Wire wire, int id, int first, int mostBytes, long now) {
    int sendId = (id + 1) & 0xffff;
    UtpConnection made = new UtpConnection(wire, id, sendId, first, mostBytes, Stage.SYN_SENT, now);
    made.syn(now);
    return made;
  }

  /** Accepts the connection that {@code syn} asks for. */
  static UtpConnection accept(Wire wire, UtpPacket syn, int first, int mostBytes, long now) {
    int receiveId = (syn.connectionId() + 1) & 0xffff;
    UtpConnection made =
        new UtpConnection(
            wire, receiveId, syn.connectionId(), first, mostBytes, Stage.UNCONFIRMED, now);
    made.inflow.begin(UtpPacket.next(syn.sequence()));
    made.clocks(syn, now);
    made.acknowledge(now);
    return made;
  }

  /** The id under which it receives. */
  int receiveId() {
    return receiveId;
  }

  Statistics statistics() {
    return statistics;
  }

  /** Bytes that may be under way. */
  int windowBytes() {
    return sender.windowBytes();
  }

  /** Bytes of an ordinary full packet. */
  int packetBytes() {
    return sender.packetBytes();
  }

  /** Microseconds that our packets spend in queues. */
  int queueMicros() {
    return delays.queueMicros();
  }

  /** Whether there is nothing left to do. */
  boolean isClosed() {
    return stage == Stage.CLOSED;
  }

  /** What waits to be sent; {@link #flush} sends it. */
  Outflow outflow() {
    return sender.outflow();
  }

  /** Sends what was added to {@link #outflow}. */
  void flush(long now) {
    if (stage == Stage.OPEN) {
      sender.outflow().flush();
      fill(now);
    }
  }

  /** Whether bytes are given; if not, they fill the window and then wait with the sender. */
  void reading(boolean on, long now) {
    reading = on;
    if (on && stage == Stage.OPEN) {
      deliver();
      if (shut && inflow.windowBytes() > sender.packetBytes()) {
        acknowledge(now);
      }
    }
  }

  /** Ends it: what is not sent yet is dropped, and the other side is told. */
  void close(long now) {
    switch (stage) {
      case SYN_SENT, UNCONFIRMED -> become(Stage.CLOSED, now);
      case OPEN -> {
        sender.outflow().clear();
        become(Stage.FINISHING, now);
        sender.control(UtpType.FIN, now);
      }
      case FINISHING, CLOSED -> {}
    }
  }

  /** A packet came for it. */
  void onPacket(UtpPacket packet, long now) {
    if (stage == Stage.CLOSED) {
      return;
    }
    int ahead = sender.ahead(packet.ack());
    if (packet.type() == UtpType.RESET) {
      if (ahead >= 0 && ahead <= sender.unacknowledged()) {
        fail(Fault.Kind.CLOSED, "reset by peer", now);
      }
      return;
    }
    if (packet.type() == UtpType.SYN) {
      owesAck |= stage == Stage.UNCONFIRMED || stage == Stage.OPEN;
      return;
    }
    if (ahead > sender.unacknowledged()) {
      if (++lies > MAX_LIES) {
        fail(Fault.Kind.BAD_ANSWER, "it acknowledges what was not sent", now);
      }
      return;
    }
    if (!confirmed(packet, ahead, now)) {
      return;
    }
    heardNanos = now;
    clocks(packet, now);
    if (packet.delayMicros() != 0) {
      delays.there(packet.delayMicros(), now);
    }
    sender.onAck(packet, now);
    switch (packet.type()) {
      case DATA -> {
        owesAck = true;
        inflow.data(packet.sequence(), packet.payload());
      }
      case FIN -> {
        owesAck = true;
        inflow.end(packet.sequence());
      }
      case STATE, RESET, SYN -> {}
    }
  }

  /** Whether the packet shows, now or before, that the other side gets what we send. */
  private boolean confirmed(UtpPacket packet, int ahead, long now) {
    if (stage == Stage.SYN_SENT) {
      if (ahead != sender.unacknowledged()) {
        return false;
      }
      // A STATE names the number that comes next, DATA its own.
      inflow.begin(packet.sequence());
      become(Stage.OPEN, now);
      wire.onConnected();
    } else if (stage == Stage.UNCONFIRMED) {
      if (ahead != 0) {
        return false;
      }
      become(Stage.OPEN, now);
      wire.onConnected();
    }
    return stage != Stage.CLOSED;
  }

  private void clocks(UtpPacket packet, long now) {
    replyMicros = micros(now) - packet.timestampMicros();
    delays.back(replyMicros, now);
  }

  private static int micros(long now) {
    return (int) (now / 1_000);
  }

  /** No more packets are at hand. */
  void turnEnd(long now) {
    if (stage == Stage.OPEN) {
      inflow.measure(sender.trip().smoothNanos(), now);
      deliver();
    } else if (stage == Stage.FINISHING) {
      inflow.take();
    }
    fill(now);
    if (owesAck && stage != Stage.CLOSED) {
      acknowledge(now);
    }
    if (stage == Stage.OPEN && inflow.isAtEnd() && !inflow.hasBytes()) {
      close(now);
      wire.onClosed(new Fault(Fault.Kind.CLOSED, "closed by peer"));
    } else if (stage == Stage.FINISHING && sender.unacknowledged() == 0) {
      become(Stage.CLOSED, now);
    }
  }

  private void deliver() {
    while (reading && stage == Stage.OPEN && inflow.hasBytes()) {
      wire.onBytes(inflow.take());
    }
  }

  private void fill(long now) {
    if ((stage == Stage.OPEN || stage == Stage.FINISHING) && sender.fill(now) && !inflow.hasGap()) {
      owesAck = false;
    }
  }

  /** When {@link #onTime} is to be called again. */
  long deadlineNanos() {
    return switch (stage) {
      case SYN_SENT -> stageSince + syns * SECOND_NANOS;
      case UNCONFIRMED -> stageSince + UNCONFIRMED_NANOS;
      case OPEN, FINISHING ->
          Math.min(
              sender.deadlineNanos(),
              Math.min(
                  sentNanos + (sender.outflow().flushed() > 0 ? PERSIST_NANOS : KEEP_ALIVE_NANOS),
                  stage == Stage.FINISHING ? stageSince + FINISHING_NANOS : Long.MAX_VALUE));
      case CLOSED -> Long.MAX_VALUE;
    };
  }

  /** Time has passed. */
  void onTime(long now) {
    switch (stage) {
      case SYN_SENT -> {
        if (now >= deadlineNanos()) {
          if (syns == MAX_SYNS) {
            fail(Fault.Kind.TIMEOUT, "no answer", now);
          } else {
            syn(now);
          }
        }
      }
      case UNCONFIRMED -> {
        if (now >= deadlineNanos()) {
          fail(Fault.Kind.TIMEOUT, "no word after the first", now);
        }
      }
      case OPEN, FINISHING -> open(now);
      case CLOSED -> {}
    }
  }

  private void open(long now) {
    if (stage == Stage.FINISHING && now - stageSince >= FINISHING_NANOS) {
      become(Stage.CLOSED, now);
      return;
    }
    if (sender.unacknowledged() > 0 && now - heardNanos >= MAX_SILENCE_NANOS) {
      fail(Fault.Kind.TIMEOUT, "nothing was heard of it", now);
      return;
    }
    sender.onTime(now);
    if (now - sentNanos >= PERSIST_NANOS) {
      sender.persist(now);
    }
    fill(now);
    if (now - sentNanos >= KEEP_ALIVE_NANOS) {
      acknowledge(now);
    }
  }

  private void syn(long now) {
    syns++;
    if (syns == 1) {
      sender.control(UtpType.SYN, now);
    } else {
      sender.sentAgain();
      write(UtpType.SYN, receiveId, (sender.next() - 1) & 0xffff, UtpPacket.NONE, now);
    }
  }

  private void acknowledge(long now) {
    owesAck = false;
    write(UtpType.STATE, sendId, sender.next(), inflow.selective(), now);
  }

  private void write(UtpType type, int id, int sequence, ByteBuffer selective, long now) {
    ByteBuffer out = ByteBuffer.wrap(scratch);
    UtpCodec.encode(header(type, id, sequence, selective, now), out);
    sentNanos = now;
    wire.send(out.flip(), false);
  }

  private UtpPacket header(UtpType type, int id, int sequence, ByteBuffer selective, long now) {
    int window = inflow.windowBytes();
    shut = window <= sender.packetBytes();
    return new UtpPacket(
        type,
        id,
        micros(now),
        replyMicros,
        window,
        sequence,
        inflow.ack(),
        selective,
        UtpPacket.NONE);
  }

  private void transmit(SentPacket packet, UtpType type, long now) {
    int id = type == UtpType.SYN ? receiveId : sendId;
    ByteBuffer out = ByteBuffer.wrap(packet.datagram);
    UtpCodec.encode(header(type, id, packet.sequence, UtpPacket.NONE, now), out);
    sentNanos = now;
    wire.send(out.rewind(), packet.fragments);
  }

  private void fail(Fault.Kind kind, String detail, long now) {
    boolean tell = stage != Stage.FINISHING;
    become(Stage.CLOSED, now);
    if (tell) {
      wire.onClosed(new Fault(kind, detail));
    }
  }

  private void become(Stage next, long now) {
    stage = next;
    stageSince = now;
    if (next == Stage.CLOSED) {
      sender.clear();
      inflow.clear();
    }
  }
}
