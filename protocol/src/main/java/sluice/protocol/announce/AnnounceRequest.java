package sluice.protocol.announce;

import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/**
 * What a client tells a tracker (BEP 3, 7, 15).
 *
 * @param infoHash 20 bytes, v2 truncated
 * @param peerId who announces
 * @param port TCP port on which peers are accepted
 * @param uploaded payload bytes since {@code started}
 * @param downloaded payload bytes since {@code started}
 * @param left bytes still wanted; 0 for a seed
 * @param event what happened
 * @param numWant peers wanted; -1 leaves it to the tracker
 * @param key random, the same on both address families
 * @param trackerId what the tracker asked to be sent back
 */
public record AnnounceRequest(
    Hash infoHash,
    PeerId peerId,
    int port,
    long uploaded,
    long downloaded,
    long left,
    Event event,
    int numWant,
    int key,
    Optional<String> trackerId) {

  /** The event of an announce, with its code in BEP 15. */
  public enum Event {
    NONE,
    COMPLETED,
    STARTED,
    STOPPED,
    /** A partial seed that wants nothing more (BEP 21). */
    PAUSED
  }
}
