package sluice.engine.announce;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;

/**
 * One announce to a UDP tracker (BEP 15): connect unless a connection id is at hand, announce, and
 * repeat what stays unanswered after 15, 30 and 60 seconds. It ends by exactly one call of its
 * handler, unless it is cancelled.
 */
final class UdpExchange {
  static final long FIRST_TIMEOUT_NANOS = 15_000_000_000L;

  /** All there is for one of several trackers: two packets. */
  static final long IMPATIENT_NANOS = 2 * FIRST_TIMEOUT_NANOS;

  /** All there is for the last tracker: three packets. What follows is a later announce. */
  static final long PATIENT_NANOS = 7 * FIRST_TIMEOUT_NANOS;

  /** In the field of BEP 15 for our IPv4 address: the one that the datagram comes from. */
  private static final int OUR_ADDRESS = 0;

  private final Loop loop;
  private final UdpSocket socket;
  private final Endpoint remote;
  private final AnnounceRequest request;
  private final String urlData;
  private final AnnounceHandler handler;
  private final long deadlineNanos;

  private int transaction;
  private long timeoutNanos = FIRST_TIMEOUT_NANOS;
  private OptionalLong connection = OptionalLong.empty();
  private boolean reusedConnection;
  private boolean ended;
  private Loop.@Nullable Timer timer;

  UdpExchange(
      Loop loop,
      UdpSocket socket,
      Endpoint remote,
      AnnounceRequest request,
      String urlData,
      boolean patient,
      AnnounceHandler handler) {
    this.loop = loop;
    this.socket = socket;
    this.remote = remote;
    this.request = request;
    this.urlData = urlData;
    this.handler = handler;
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
      case UdpReply.Announced announced when connection.isPresent() -> {
        end();
        handler.onReply(announced.reply());
      }
      case UdpReply.Refused refused -> refused(refused.message());
      case UdpReply.Malformed malformed -> fail("not a tracker's answer: " + malformed.detail());
      case UdpReply.Connected unasked -> fail("a connection id instead of peers");
      case UdpReply.Announced unasked -> fail("peers instead of a connection id");
      case UdpReply.Scraped unasked -> fail("counts instead of peers");
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
            ? new UdpRequest.Announce(
                connection.getAsLong(), transaction, request, OUR_ADDRESS, urlData)
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
    handler.onFailure(Refusal.of(message));
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
