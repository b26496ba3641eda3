package sluice.engine.peer;

import java.util.List;

/** Sells a part of the upload slots of one torrent. Loop only. */
public interface SlotSeller {
  /** The share of the slots that is never sold, in parts of a thousand. */
  int freePermille();

  /** Whether a round is wanted before it is time, as a slot that could be sold is not. */
  boolean isWaiting();

  /**
   * Sells slots for a round; peers to whom one is sold are told before they are unchoked.
   *
   * @param wanting peers to whom a slot is of use
   * @param slots how many may be sold, at most
   */
  void sell(List<Peer> wanting, int slots, long now);

  /** What the peer pays for its slot; 0 for one to whom none is sold. */
  double weight(Peer peer);
}
