package sluice.protocol.announce;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.protocol.address.Endpoint;

/** What a tracker answers to an announce. */
public sealed interface AnnounceReply {

  /**
   * Peers.
   *
   * @param intervalSeconds when to announce next
   * @param minIntervalSeconds no announce sooner than this
   * @param seeds complete peers, if told
   * @param leeches incomplete peers, if told
   * @param peers where others are; port 0 is left out
   * @param warning text for people
   * @param trackerId to be sent back with each announce
   * @param externalIp our address as the tracker sees it (BEP 24)
   */
  record Peers(
      int intervalSeconds,
      OptionalInt minIntervalSeconds,
      OptionalInt seeds,
      OptionalInt leeches,
      List<Endpoint> peers,
      Optional<String> warning,
      Optional<String> trackerId,
      Optional<InetAddress> externalIp)
      implements AnnounceReply {}

  /**
   * The tracker refuses.
   *
   * @param reason text for people
   * @param retrySeconds when to try again (BEP 31): empty if not told, {@link #NEVER} for never
   */
  record Failure(String reason, OptionalInt retrySeconds) implements AnnounceReply {
    public static final int NEVER = Integer.MAX_VALUE;
  }

  /** The answer makes no sense. */
  record Malformed(String detail) implements AnnounceReply {}
}
