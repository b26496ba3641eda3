package sluice.engine.choke;

import java.net.InetAddress;

/**
 * One peer as the choker sees it.
 *
 * @param key names the peer in the result; unique in one decision
 * @param interested it wants pieces of ours
 * @param unchoked it is unchoked
 * @param optimistic it has the optimistic slot of the last {@link ChokeResult}
 * @param fresh it connected less than a minute ago
 * @param snubbed it has left our requests unanswered for too long
 * @param stalled it has taken nothing of what waits for it for {@link #STALL_NANOS}
 * @param takes it has got much from us and given next to nothing of what we want of it
 * @param uploadOnly it says that it downloads nothing
 * @param downBytesPerSecond payload from it
 * @param upBytesPerSecond payload to it
 * @param progressPermille what it has of the torrent, 0 to 1000
 * @param stateNanos since it was choked or unchoked last, or since it connected
 * @param sentBytes payload sent to it since it was unchoked; 0 if choked
 * @param totalBytes payload sent to it since it connected
 * @param group who it shares an address with, from {@link #group}
 * @param weight what it pays for; 0 if nothing
 */
public record Standing(
    int key,
    boolean interested,
    boolean unchoked,
    boolean optimistic,
    boolean fresh,
    boolean snubbed,
    boolean stalled,
    boolean takes,
    boolean uploadOnly,
    long downBytesPerSecond,
    long upBytesPerSecond,
    int progressPermille,
    long stateNanos,
    long sentBytes,
    long totalBytes,
    long group,
    double weight) {

  /** After so long a peer that takes nothing makes room for others. */
  public static final long STALL_NANOS = 20_000_000_000L;

  /** Peers of one IPv4 address, or of one IPv6 /64 network, are a group. */
  public static long group(InetAddress address) {
    byte[] bytes = address.getAddress();
    long group = bytes.length == 4 ? -1 : 0;
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      group = group << 8 | (bytes[i] & 0xff);
    }
    return group;
  }

  /**
   * Whether it has no claim to a slot: it can only be lucky, or fill one that nobody else wants.
   */
  boolean earnsNothing() {
    return snubbed || stalled || takes;
  }

  /** Whether an upload slot is of use to it. */
  boolean isEligible() {
    return interested && !uploadOnly;
  }
}
