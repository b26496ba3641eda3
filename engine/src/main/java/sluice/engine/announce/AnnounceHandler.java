package sluice.engine.announce;

import sluice.protocol.announce.AnnounceReply;

/** Receives what becomes of an announce: a reply from each address family, or one failure. */
interface AnnounceHandler {
  /** The tracker answered; called again when it answers in the other family too. */
  void onReply(AnnounceReply.Peers reply);

  /** No family had an answer. */
  void onFailure(Refusal refusal);
}
