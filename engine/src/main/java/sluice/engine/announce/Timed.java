package sluice.engine.announce;

import sluice.engine.count.Times;
import sluice.engine.port.Loop;
import sluice.protocol.announce.AnnounceReply;

/**
 * Notes how long a tracker took for each of its answers.
 *
 * @param began when it was asked
 */
record Timed(Loop loop, Times times, long began, AnnounceHandler handler)
    implements AnnounceHandler {

  @Override
  public void onReply(AnnounceReply.Peers reply) {
    times.add(loop.now() - began);
    handler.onReply(reply);
  }

  @Override
  public void onFailure(Refusal refusal) {
    handler.onFailure(refusal);
  }
}
