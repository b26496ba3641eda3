package sluice.market.trade;

import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;

/** The connection with a neighbour, as far as trade needs it. */
interface Line {
  /** Sends a message behind what was sent before. */
  void say(PayMessage message);

  /** Tells what we have to offer from here on. */
  void tell(PayOffer offer);

  /** Bytes of blocks that were sent to the neighbour. */
  long sentBytes();

  /** Bytes of blocks that are on their way to {@link #sentBytes}, and cannot be held back. */
  long leavingBytes();

  /** Lets no more be sent than this, counted as {@link #sentBytes} is. */
  void limit(long sentBytes);

  /** Whether we have choked the neighbour. */
  boolean isChoked();

  /** Chokes the neighbour. */
  void choke();

  /** Whether we want what the neighbour has. */
  boolean wants();

  /** For people: who it is. */
  String name();
}
