package sluice.engine.announce;

import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;

/**
 * What a UDP tracker is asked once it has given a connection id. It ends by one answer or failure.
 */
interface UdpQuestion {
  /** The question as a packet. */
  UdpRequest packet(long connection, int transaction);

  /** Takes {@code reply}; false if it is an answer to something else. */
  boolean take(UdpReply reply);

  /** There is no answer. */
  void fail(String message);
}
