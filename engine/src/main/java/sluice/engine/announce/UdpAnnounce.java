package sluice.engine.announce;

import sluice.protocol.announce.AnnounceRequest;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;

/** An announce as it is put to a UDP tracker; {@code urlData} is of BEP 41. */
record UdpAnnounce(AnnounceRequest request, String urlData, AnnounceHandler handler)
    implements UdpQuestion {
  /** In the field of BEP 15 for our IPv4 address: the one that the datagram comes from. */
  private static final int OUR_ADDRESS = 0;

  @Override
  public UdpRequest packet(long connection, int transaction) {
    return new UdpRequest.Announce(connection, transaction, request, OUR_ADDRESS, urlData);
  }

  @Override
  public boolean take(UdpReply reply) {
    boolean mine = reply instanceof UdpReply.Announced;
    if (reply instanceof UdpReply.Announced announced) {
      handler.onReply(announced.reply());
    }
    return mine;
  }

  @Override
  public void fail(String message) {
    handler.onFailure(Refusal.of(message));
  }
}
