package sluice.tracker.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.UdpCodec;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;
import sluice.udp.DatagramBatch;

/** A responder without sockets, and clients at any address and time. */
final class UdpDesk {
  static final Rules RULES = new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0);

  final TrackerCore core;
  int seconds = 1_000;
  private final UdpResponder responder;
  private final DatagramBatch batch = new DatagramBatch(1, UdpResponder.SLOT_BYTES);

  UdpDesk(Gate gate, Rules rules) {
    core = new TrackerCore(rules, StoreLimits.DEFAULT, gate, 5);
    responder = new UdpResponder(core, new ConnectionIds(3, 4), 6);
  }

  UdpDesk() {
    this(Gate.OPEN, RULES);
  }

  /** The reply to a datagram; no bytes for none. */
  byte[] send(InetSocketAddress from, byte[] datagram) {
    batch.clear();
    int length = Math.min(datagram.length, batch.slotBytes());
    batch.data().put(0, datagram, 0, length);
    batch.add(length, from);
    responder.respond(batch, seconds, 1_700_000_000L + seconds);
    byte[] reply = new byte[batch.isIgnored(0) ? 0 : batch.length(0)];
    batch.data().get(0, reply);
    return reply;
  }

  /** The reply to a request. */
  UdpReply ask(InetSocketAddress from, UdpRequest request) {
    byte[] reply = send(from, UdpCodec.encode(request));
    boolean ipv6 = from.getAddress().getAddress().length == 16;
    return UdpCodec.decode(ByteBuffer.wrap(reply), ipv6);
  }

  long connect(InetSocketAddress from) {
    return ((UdpReply.Connected) ask(from, new UdpRequest.Connect(1))).connection();
  }

  UdpReply announce(InetSocketAddress from, AnnounceRequest request) {
    return ask(from, new UdpRequest.Announce(connect(from), 2, request, 0, ""));
  }

  UdpReply.Announced announced(InetSocketAddress from, AnnounceRequest request) {
    return (UdpReply.Announced) announce(from, request);
  }

  static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  static AnnounceRequest request(int torrent, int port, long left, AnnounceRequest.Event event) {
    return request(torrent, port, left, event, -1);
  }

  static AnnounceRequest request(
      int torrent, int port, long left, AnnounceRequest.Event event, int want) {
    return new AnnounceRequest(
        hash(torrent), id(port), port, 0, 0, left, event, want, 7, Optional.empty());
  }

  static Hash hash(int torrent) {
    byte[] bytes = new byte[Hash.SHA1_BYTES];
    new Random(torrent).nextBytes(bytes);
    return Hash.of(bytes);
  }

  static PeerId id(int number) {
    byte[] bytes = new byte[PeerId.BYTES];
    new Random(number).nextBytes(bytes);
    return new PeerId(bytes);
  }
}
