package sluice.protocol.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpText;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.text.Shown;

/**
 * Announces over HTTP: the URL to ask, and the answer (BEP 3, 7, 21, 23, 24, 31).
 *
 * <p>Trackers are many and old, so unsorted keys, bytes after the dictionary, missing and senseless
 * numbers are taken. An answer is malformed when its peers cannot be told.
 */
public final class HttpAnnounce {
  private static final int SECONDS_PER_MINUTE = 60;

  private HttpAnnounce() {}

  /** As {@link #url(String, AnnounceRequest, List)}, telling no address of ours. */
  public static String url(String announceUrl, AnnounceRequest request) {
    return url(announceUrl, request, List.of());
  }

  /**
   * The URL of an announce.
   *
   * @param announceUrl from the torrent; its query is kept, what no URL may contain is escaped
   * @param addresses of ours in the family that the request is not sent over (BEP 7)
   */
  public static String url(
      String announceUrl, AnnounceRequest request, List<InetAddress> addresses) {
    QueryString query =
        new QueryString(announceUrl.strip())
            .add("info_hash", request.infoHash().bytes())
            .add("peer_id", request.peerId().bytes())
            .add("port", request.port())
            .add("uploaded", request.uploaded())
            .add("downloaded", request.downloaded())
            .add("left", request.left())
            .add("key", String.format(Locale.ROOT, "%08X", request.key()))
            .add("compact", 1)
            .add("no_peer_id", 1)
            .add("supportcrypto", 0);
    if (request.numWant() >= 0) {
      query.add("numwant", request.numWant());
    }
    String event =
        switch (request.event()) {
          case NONE -> "";
          case COMPLETED -> "completed";
          case STARTED -> "started";
          case STOPPED -> "stopped";
          case PAUSED -> "paused";
        };
    if (!event.isEmpty()) {
      query.add("event", event);
    }
    request.trackerId().ifPresent(id -> query.add("trackerid", id));
    for (InetAddress address : addresses) {
      query.add(address.getAddress().length == 4 ? "ipv4" : "ipv6", IpText.of(address));
    }
    return query.toString();
  }

  /** The answer in the body of a tracker's response, whatever its status. */
  public static AnnounceReply parse(byte[] body) {
    try {
      BValue value = Bencode.parseLenient(body, BencodeLimits.WIRE).value();
      return value instanceof BDictionary root
          ? reply(root)
          : new AnnounceReply.Malformed("not a dictionary");
    } catch (BencodeException e) {
      return new AnnounceReply.Malformed("bencoding: " + e.getMessage());
    }
  }

  private static AnnounceReply reply(BDictionary root) {
    Optional<String> failure = text(root, "failure reason");
    if (failure.isPresent()) {
      return new AnnounceReply.Failure(failure.get(), retrySeconds(root));
    }
    List<Endpoint> peers = new ArrayList<>();
    Optional<String> problem = peers(root, "peers", false, peers);
    if (problem.isEmpty()) {
      problem = peers(root, "peers6", true, peers);
    }
    if (problem.isPresent()) {
      return new AnnounceReply.Malformed(problem.get());
    }
    OptionalLong least = root.integer("min interval");
    return new AnnounceReply.Peers(
        TrackerLimits.interval(root.integer("interval").orElse(0)),
        least.isPresent() && least.getAsLong() > 0
            ? OptionalInt.of(TrackerLimits.interval(least.getAsLong()))
            : OptionalInt.empty(),
        TrackerLimits.count(root.integer("complete").orElse(-1)),
        TrackerLimits.count(root.integer("incomplete").orElse(-1)),
        List.copyOf(peers),
        text(root, "warning message"),
        root.string("tracker id")
            .filter(id -> id.length() <= TrackerLimits.TRACKER_ID_BYTES)
            .map(BString::utf8),
        root.string("external ip").flatMap(ip -> IpLiteral.ofBytes(ip.bytes())));
  }

  private static Optional<String> text(BDictionary root, String key) {
    return root.string(key).map(s -> Shown.text(s.utf8(), TrackerLimits.TEXT_CHARS));
  }

  /** BEP 31: minutes, or the word never. */
  private static OptionalInt retrySeconds(BDictionary root) {
    OptionalLong minutes = root.integer("retry in");
    if (minutes.isPresent() && minutes.getAsLong() > 0) {
      long seconds =
          Math.min(minutes.getAsLong(), TrackerLimits.MAX_INTERVAL_SECONDS) * SECONDS_PER_MINUTE;
      return OptionalInt.of(TrackerLimits.interval(seconds));
    }
    return root.string("retry in").filter(s -> s.is("never")).isPresent()
        ? OptionalInt.of(AnnounceReply.Failure.NEVER)
        : OptionalInt.empty();
  }

  /** Adds the peers under {@code key} to {@code out}; gives what is wrong with them. */
  private static Optional<String> peers(
      BDictionary root, String key, boolean ipv6, List<Endpoint> out) {
    Optional<BValue> value = root.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case BString compact -> compact(key, compact, ipv6, out);
      case BList list -> {
        list.items().forEach(item -> listed(item, out));
        yield Optional.empty();
      }
      case BInteger _, BDictionary _ -> Optional.of(key + " is neither a string nor a list");
    };
  }

  private static Optional<String> compact(
      String key, BString compact, boolean ipv6, List<Endpoint> out) {
    int stride = CompactPeers.stride(ipv6);
    if (compact.length() % stride != 0) {
      return Optional.of(key + " has " + compact.length() + " bytes, not a multiple of " + stride);
    }
    CompactPeers.read(ByteBuffer.wrap(compact.bytes()), ipv6, TrackerLimits.PEERS, out);
    return Optional.empty();
  }

  /**
   * A peer as a dictionary (BEP 3); host names are left out, nothing is looked up for strangers.
   */
  private static void listed(BValue item, List<Endpoint> out) {
    if (!(item instanceof BDictionary peer) || out.size() >= TrackerLimits.PEERS) {
      return;
    }
    long port = peer.integer("port").orElse(0);
    if (port >= 1 && port <= 65_535) {
      peer.string("ip")
          .flatMap(ip -> IpLiteral.parse(ip.utf8()))
          .ifPresent(ip -> out.add(new Endpoint(ip, (int) port)));
    }
  }
}
