package sluice.market.trade;

import sluice.engine.peer.Extensions;
import sluice.engine.peer.Peer;
import sluice.engine.port.Loop;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;

/** The connection with a neighbour, as the engine has it. Loop only. */
record PeerLine(Peer peer, Loop loop) implements Line {
  @Override
  public void say(PayMessage message) {
    Extensions.send(peer, PayOffer.NAME, PayCodec.encode(message));
  }

  @Override
  public void tell(PayOffer offer) {
    Extensions.tell(peer, PayOffer.NAME, offer.encode());
  }

  @Override
  public long sentBytes() {
    return peer.up().total();
  }

  @Override
  public long leavingBytes() {
    return peer.leavingBytes();
  }

  @Override
  public void limit(long sentBytes) {
    peer.slot().credit(sentBytes);
    loop.execute(peer::pump);
  }

  @Override
  public boolean isChoked() {
    return peer.chokedByUs();
  }

  @Override
  public void choke() {
    peer.choke();
  }

  @Override
  public boolean wants() {
    return peer.interesting() && !peer.isClosed();
  }

  @Override
  public String name() {
    return peer.endpoint().toString();
  }
}
