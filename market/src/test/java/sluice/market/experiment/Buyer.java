package sluice.market.experiment;

import sluice.market.bid.Bidder;
import sluice.market.money.Price;

/** A downloader of the model. Those without a value never bid. */
final class Buyer {
  /** How it is treated must not depend on this, but for the first. */
  enum Kind {
    PAYER,
    /** Knows the extension and does not pay. */
    NON_PAYER,
    LEGACY
  }

  final int key;
  final Kind kind;
  final int arrivesRound;
  final Price value;
  final Bidder bidder;
  long leftBytes;
  long sentInTurn;
  long spentMicros;
  boolean unchoked;
  boolean optimistic;
  int stateRounds;
  int heldRounds = -1;
  int endRound = -1;

  Buyer(int key, Kind kind, int arrivesRound, Price value, Price floor, long bytes) {
    this.key = key;
    this.kind = kind;
    this.arrivesRound = arrivesRound;
    this.value = value;
    bidder = new Bidder(value, floor);
    leftBytes = bytes;
  }

  boolean isHere(int round) {
    return round >= arrivesRound && endRound < 0;
  }

  int seconds() {
    return (endRound - arrivesRound) * Seller.ROUND_SECONDS;
  }
}
