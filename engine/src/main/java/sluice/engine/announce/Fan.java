package sluice.engine.announce;

import org.jspecify.annotations.Nullable;
import sluice.protocol.announce.AnnounceReply;

/** Joins what becomes of one announce in several families: it fails when all have failed. */
final class Fan implements AnnounceHandler {
  private final AnnounceHandler joined;
  private int open;
  private boolean answered;
  private @Nullable Refusal first;

  Fan(int families, AnnounceHandler joined) {
    this.open = families;
    this.joined = joined;
  }

  @Override
  public void onReply(AnnounceReply.Peers reply) {
    open--;
    answered = true;
    joined.onReply(reply);
  }

  @Override
  public void onFailure(Refusal refusal) {
    open--;
    Refusal told = first == null ? refusal : first;
    first = told;
    if (open == 0 && !answered) {
      joined.onFailure(told);
    }
  }
}
