package sluice.engine.announce;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;

/**
 * One question to a UDP tracker (BEP 15): connect unless a connection id is at hand, ask, and
 * repeat what stays unanswered after 15, 30 and 60 seconds. The question ends exactly once, unless
 * it is cancelled.
 */
final class UdpExchange {
  static final long FIRST_TIMEOUT_NANOS = 15_000_000_000L;

  /** All there is for one of several trackers: two packets. */
  static final long IMPATIENT_NANOS = 2 * FIRST_TIMEOUT_NANOS;

  /** All there is for the last tracker: three packets. What follows is a later announce. */
  static final long PATIENT_NANOS = 7 * FIRST_TIMEOUT_NANOS;

  private final Loop loop;
  private final UdpSocket socket;
  private final Endpoint remote;
  private final UdpQuestion question;
  private final long deadlineNanos;

  private int transaction;
  private long timeoutNanos = FIRST_TIMEOUT_NANOS;
  private OptionalLong connection = OptionalLong.empty();
  private boolean reusedConnection;
  private boolean ended;
  private Loop.@Nullable Timer timer;

  UdpExchange(Loop loop, UdpSocket socket, Endpoint remote, UdpQuestion question, boolean patient) {
    this.loop = loop;
    this.socket = socket;
    this.remote = remote;
    this.question = question;
    this.deadlineNanos = loop.now() + (patient ? PATIENT_NANOS : IMPATIENT_NANOS);
  }

  Endpoint remote() {
    return remote;
  }

  void start() {
    transaction = socket.open(this);
    if (socket.isBound()) {
      onBound();
    }
  }

  /** Stops without a word. */
  void cancel() {
    ended = true;
    stopTimer();
  }

  /** The socket can be used. */
  void onBound() {
    connection = socket.connection(remote);
    reusedConnection = connection.isPresent();
    send();
  }

  /** A datagram from the tracker with our transaction id. */
  void onReply(ByteBuffer payload) {
    switch (UdpCodec.decode(payload, remote.isIpv6())) {
      case UdpReply.Connected connected when connection.isEmpty() -> {
        socket.connected(remote, connected.connection());
        connection = OptionalLong.of(connected.connection());
        renew();
        send();
      }
      case UdpReply.Refused refused -> refused(refused.message());
      case UdpReply.Malformed malformed -> fail("not a tracker's answer: " + malformed.detail());
      case UdpReply.Connected unasked -> fail("a connection id instead of an answer");
      case UdpReply.Announced announced -> answered(announced);
      case UdpReply.Scraped scraped -> answered(scraped);
    }
  }

  private void answered(UdpReply reply) {
    if (connection.isEmpty()) {
      fail("an answer instead of a connection id");
      return;
    }
    end();
    if (!question.take(reply)) {
      question.fail("the answer to another question");
    }
  }

  /** The network failed. */
  void onFault(String detail) {
    if (!ended) {
      fail(detail);
    }
  }

  /** A tracker may have lost an id that it gave for another announce; then a fresh one is due. */
  private void refused(String message) {
    if (reusedConnection) {
      socket.disconnected(remote);
      reusedConnection = false;
      connection = OptionalLong.empty();
      renew();
      send();
    } else {
      fail(message);
    }
  }

  private void send() {
    UdpRequest packet =
        connection.isPresent()
            ? question.packet(connection.getAsLong(), transaction)
            : new UdpRequest.Connect(transaction);
    socket.send(remote, ByteBuffer.wrap(UdpCodec.encode(packet)));
    stopTimer();
    long left = Math.max(0, deadlineNanos - loop.now());
    timer = loop.after(Math.min(timeoutNanos, left), this::onTimeout);
    timeoutNanos *= 2;
  }

  private void onTimeout() {
    if (ended) {
      return;
    }
    if (deadlineNanos - loop.now() <= 0) {
      fail("no answer");
      return;
    }
    connection = connection.isPresent() ? socket.connection(remote) : connection;
    send();
  }

  /** Another transaction id, for another packet. */
  private void renew() {
    socket.done(transaction);
    transaction = socket.open(this);
  }

  private void fail(String message) {
    end();
    question.fail(message);
  }

  private void end() {
    ended = true;
    stopTimer();
    socket.done(transaction);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
