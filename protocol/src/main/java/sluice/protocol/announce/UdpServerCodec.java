package sluice.protocol.announce;

import static sluice.protocol.announce.UdpAction.ANNOUNCE;
import static sluice.protocol.announce.UdpAction.ANNOUNCED_BYTES;
import static sluice.protocol.announce.UdpAction.ANNOUNCE_BYTES;
import static sluice.protocol.announce.UdpAction.CONNECT;
import static sluice.protocol.announce.UdpAction.COUNTS_BYTES;
import static sluice.protocol.announce.UdpAction.ERROR;
import static sluice.protocol.announce.UdpAction.PROTOCOL;
import static sluice.protocol.announce.UdpAction.REPLY_HEADER_BYTES;
import static sluice.protocol.announce.UdpAction.REQUEST_HEADER_BYTES;
import static sluice.protocol.announce.UdpAction.SCRAPE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/**
 * The tracker's half of the UDP tracker protocol (BEP 15, 41): datagrams to requests and replies to
 * datagrams. Pure, any thread.
 */
public final class UdpServerCodec {

  private UdpServerCodec() {}

  /** Reads a request; empty when it is none, which deserves no answer. */
  public static Optional<UdpRequest> decode(ByteBuffer datagram) {
    ByteBuffer in = datagram.slice();
    if (in.remaining() < REQUEST_HEADER_BYTES) {
      return Optional.empty();
    }
    long connection = in.getLong();
    int action = in.getInt();
    int transaction = in.getInt();
    return switch (action) {
      case CONNECT ->
          connection == PROTOCOL
              ? Optional.of(new UdpRequest.Connect(transaction))
              : Optional.empty();
      case ANNOUNCE -> announce(connection, transaction, in);
      case SCRAPE -> scrape(connection, transaction, in);
      default -> Optional.empty();
    };
  }

  /**
   * Path and query of the tracker's URL in {@code options}, the bytes after an announce (BEP 41);
   * nothing when they are broken.
   */
  public static Optional<String> urlData(ByteBuffer options) {
    return UdpOptions.decode(options.slice());
  }

  private static Optional<UdpRequest> announce(long connection, int transaction, ByteBuffer in) {
    if (in.remaining() < ANNOUNCE_BYTES - REQUEST_HEADER_BYTES) {
      return Optional.empty();
    }
    Hash infoHash = hash(in);
    byte[] peerId = new byte[PeerId.BYTES];
    in.get(peerId);
    long downloaded = in.getLong();
    long left = in.getLong();
    long uploaded = in.getLong();
    AnnounceRequest.Event event = event(in.getInt());
    int ip = in.getInt();
    int key = in.getInt();
    int numWant = Math.max(-1, in.getInt());
    int port = in.getShort() & 0xffff;
    AnnounceRequest request =
        new AnnounceRequest(
            infoHash,
            new PeerId(peerId),
            port,
            uploaded,
            downloaded,
            left,
            event,
            numWant,
            key,
            Optional.empty());
    return UdpOptions.decode(in)
        .map(url -> new UdpRequest.Announce(connection, transaction, request, ip, url));
  }

  /** An event that is not known is none. */
  private static AnnounceRequest.Event event(int code) {
    return switch (code) {
      case 1 -> AnnounceRequest.Event.COMPLETED;
      case 2 -> AnnounceRequest.Event.STARTED;
      case 3 -> AnnounceRequest.Event.STOPPED;
      case 4 -> AnnounceRequest.Event.PAUSED;
      default -> AnnounceRequest.Event.NONE;
    };
  }

  private static Optional<UdpRequest> scrape(long connection, int transaction, ByteBuffer in) {
    List<Hash> hashes = new ArrayList<>();
    while (in.remaining() >= Hash.SHA1_BYTES && hashes.size() < UdpCodec.MAX_SCRAPED) {
      hashes.add(hash(in));
    }
    return hashes.isEmpty()
        ? Optional.empty()
        : Optional.of(new UdpRequest.Scrape(connection, transaction, hashes));
  }

  private static Hash hash(ByteBuffer in) {
    byte[] bytes = new byte[Hash.SHA1_BYTES];
    in.get(bytes);
    return Hash.of(bytes);
  }

  /**
   * The datagram of {@code reply}, which is not {@link UdpReply.Malformed}. All peers are of one
   * family, that of the socket.
   */
  public static byte[] encode(UdpReply reply) {
    return switch (reply) {
      case UdpReply.Connected(int transaction, long connection) -> {
        ByteBuffer out = ByteBuffer.allocate(REPLY_HEADER_BYTES + Long.BYTES);
        header(CONNECT, transaction, out);
        out.putLong(connection);
        yield out.array();
      }
      case UdpReply.Announced announced -> announced(announced);
      case UdpReply.Scraped(int transaction, List<UdpReply.Counts> counts) -> {
        ByteBuffer out = ByteBuffer.allocate(REPLY_HEADER_BYTES + counts.size() * COUNTS_BYTES);
        header(SCRAPE, transaction, out);
        counts.forEach(c -> out.putInt(c.seeds()).putInt(c.completed()).putInt(c.leeches()));
        yield out.array();
      }
      case UdpReply.Refused(int transaction, String message) -> {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(REPLY_HEADER_BYTES + text.length);
        header(ERROR, transaction, out);
        out.put(text);
        yield out.array();
      }
      case UdpReply.Malformed(String detail) ->
          throw new IllegalArgumentException("not a reply: " + detail);
    };
  }

  private static void header(int action, int transaction, ByteBuffer out) {
    out.putInt(action).putInt(transaction);
  }

  private static byte[] announced(UdpReply.Announced reply) {
    List<Endpoint> peers = reply.peers();
    int stride = CompactPeers.stride(!peers.isEmpty() && peers.getFirst().isIpv6());
    ByteBuffer out = ByteBuffer.allocate(ANNOUNCED_BYTES + peers.size() * stride);
    header(ANNOUNCE, reply.transaction(), out);
    out.putInt(reply.intervalSeconds()).putInt(reply.leeches()).putInt(reply.seeds());
    peers.forEach(peer -> CompactPeers.write(peer, out));
    return out.array();
  }
}
