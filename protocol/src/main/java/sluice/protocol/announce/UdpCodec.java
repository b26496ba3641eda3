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
import java.util.OptionalInt;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.text.Shown;

/**
 * The client's half of the UDP tracker protocol (BEP 15, 41): requests to datagrams and datagrams
 * to replies. Every datagram is read within its own bounds. Pure, any thread.
 */
public final class UdpCodec {
  /** Most torrents of one scrape. */
  public static final int MAX_SCRAPED = 74;

  private UdpCodec() {}

  /** Path and query of {@code announceUrl} for {@link UdpRequest.Announce#urlData}. */
  public static String urlData(String announceUrl) {
    return UdpOptions.urlData(announceUrl);
  }

  /** The datagram of {@code request}. */
  public static byte[] encode(UdpRequest request) {
    return switch (request) {
      case UdpRequest.Connect(int transaction) -> {
        ByteBuffer out = ByteBuffer.allocate(REQUEST_HEADER_BYTES);
        header(PROTOCOL, CONNECT, transaction, out);
        yield out.array();
      }
      case UdpRequest.Announce announce -> announce(announce);
      case UdpRequest.Scrape(long connection, int transaction, List<Hash> hashes) -> {
        ByteBuffer out =
            ByteBuffer.allocate(REQUEST_HEADER_BYTES + hashes.size() * Hash.SHA1_BYTES);
        header(connection, SCRAPE, transaction, out);
        hashes.forEach(hash -> out.put(hash.bytes()));
        yield out.array();
      }
    };
  }

  private static void header(long connection, int action, int transaction, ByteBuffer out) {
    out.putLong(connection).putInt(action).putInt(transaction);
  }

  private static byte[] announce(UdpRequest.Announce request) {
    AnnounceRequest a = request.announce();
    byte[] options = UdpOptions.encode(request.urlData());
    ByteBuffer out = ByteBuffer.allocate(ANNOUNCE_BYTES + options.length);
    header(request.connection(), ANNOUNCE, request.transaction(), out);
    out.put(a.infoHash().bytes())
        .put(a.peerId().bytes())
        .putLong(a.downloaded())
        .putLong(a.left())
        .putLong(a.uploaded())
        .putInt(code(a.event()))
        .putInt(request.ip())
        .putInt(a.key())
        .putInt(a.numWant())
        .putShort((short) a.port())
        .put(options);
    return out.array();
  }

  private static int code(AnnounceRequest.Event event) {
    return switch (event) {
      case NONE -> 0;
      case COMPLETED -> 1;
      case STARTED -> 2;
      case STOPPED -> 3;
      case PAUSED -> 4;
    };
  }

  /** The transaction of a reply, by which its request is found; nothing if it is too short. */
  public static OptionalInt transaction(ByteBuffer datagram) {
    return datagram.remaining() < REPLY_HEADER_BYTES
        ? OptionalInt.empty()
        : OptionalInt.of(datagram.getInt(datagram.position() + 4));
  }

  /**
   * Reads a reply; its transaction and sender are for the caller to check.
   *
   * @param datagram big endian; its remaining bytes stay unread
   * @param ipv6 whether the socket speaks IPv6, which decides how peers are written
   */
  public static UdpReply decode(ByteBuffer datagram, boolean ipv6) {
    ByteBuffer in = datagram.slice();
    if (in.remaining() < REPLY_HEADER_BYTES) {
      return new UdpReply.Malformed("a datagram of " + in.remaining() + " bytes");
    }
    int action = in.getInt();
    int transaction = in.getInt();
    return switch (action) {
      case CONNECT ->
          in.remaining() < Long.BYTES
              ? tooShort(action, datagram)
              : new UdpReply.Connected(transaction, in.getLong());
      case ANNOUNCE ->
          in.remaining() < ANNOUNCED_BYTES - REPLY_HEADER_BYTES
              ? tooShort(action, datagram)
              : announced(transaction, in, ipv6);
      case SCRAPE -> scraped(transaction, in);
      case ERROR -> new UdpReply.Refused(transaction, text(in));
      default -> new UdpReply.Malformed("action " + Integer.toUnsignedString(action));
    };
  }

  private static UdpReply tooShort(int action, ByteBuffer datagram) {
    return new UdpReply.Malformed("action " + action + " in " + datagram.remaining() + " bytes");
  }

  private static UdpReply announced(int transaction, ByteBuffer in, boolean ipv6) {
    int interval = in.getInt();
    int leeches = in.getInt();
    int seeds = in.getInt();
    List<Endpoint> peers = new ArrayList<>();
    CompactPeers.read(in, ipv6, TrackerLimits.PEERS, peers);
    return new UdpReply.Announced(transaction, interval, leeches, seeds, peers);
  }

  private static UdpReply scraped(int transaction, ByteBuffer in) {
    List<UdpReply.Counts> counts = new ArrayList<>();
    while (in.remaining() >= COUNTS_BYTES && counts.size() < MAX_SCRAPED) {
      counts.add(new UdpReply.Counts(natural(in), natural(in), natural(in)));
    }
    return new UdpReply.Scraped(transaction, counts);
  }

  private static int natural(ByteBuffer in) {
    return Math.max(0, in.getInt());
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(in.remaining(), 4 * TrackerLimits.TEXT_CHARS)];
    in.get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return Shown.text(end < 0 ? text : text.substring(0, end), TrackerLimits.TEXT_CHARS);
  }
}
