package sluice.engine.torrent;

import java.util.OptionalInt;
import sluice.engine.announce.TrackerUrl;
import sluice.protocol.announce.AnnounceReply;

/**
 * What a tracker answered to an announce.
 *
 * @param url its address, without what may be secret in it; see {@link TrackerUrl#shown}
 * @param peers that it named
 * @param seeds how many there are, if it told
 * @param leeches how many others there are, if it told
 * @param intervalSeconds after which it wants to hear of us
 */
public record TrackerAnswer(
    String url, int peers, OptionalInt seeds, OptionalInt leeches, int intervalSeconds) {

  static TrackerAnswer of(String url, int peers, AnnounceReply.Peers reply) {
    return new TrackerAnswer(url, peers, reply.seeds(), reply.leeches(), reply.intervalSeconds());
  }
}
