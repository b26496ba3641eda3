package sluice.engine.announce;

import java.util.function.Supplier;
import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.AnnounceRequest.Event;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/**
 * Makes the announces of one info-hash.
 *
 * @param key lets a tracker recognise us when our address changes; the same everywhere
 */
record Requests(Hash infoHash, PeerId peerId, int port, int key, Supplier<Announcer.Stats> stats) {
  private static final int NUM_WANT = 100;

  /** An announce of {@code event}; a partial seed says so where there is no other (BEP 21). */
  AnnounceRequest make(Event event, Tracker tracker) {
    Announcer.Stats now = stats.get();
    Event told = event == Event.NONE && now.paused() ? Event.PAUSED : event;
    return new AnnounceRequest(
        infoHash,
        peerId,
        port,
        Math.max(0, now.uploaded()),
        Math.max(0, now.downloaded()),
        Math.max(0, now.left()),
        told,
        event == Event.STOPPED ? 0 : NUM_WANT,
        key,
        tracker.trackerId);
  }

  /** Whether nothing is missing. */
  boolean isComplete() {
    return stats.get().left() == 0;
  }
}
