package sluice.sim.market;

import java.nio.ByteBuffer;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.sim.scenario.WirePeer;

/** What scripted payers and sellers have in common: how they speak. One for each connection. */
abstract class Rogue implements WirePeer.Script {
  final WirePeer.Wire wire;
  final SimBank bank;
  private int theirs;

  Rogue(WirePeer.Wire wire, SimBank bank) {
    this.wire = wire;
    this.bank = bank;
  }

  /** The other side has told under which id it takes messages of the market. */
  void onGreeting() {}

  /** A message of the market came. */
  abstract void hear(PayMessage message);

  /** Any other message came. */
  abstract void onOther(Message message);

  @Override
  public final void onMessage(Message message) {
    if (message instanceof Message.Extended(int id, ByteBuffer payload) && id == 0) {
      theirs = ExtensionHandshakeCodec.decode(payload).ids().getOrDefault(PayOffer.NAME, 0);
      onGreeting();
    } else if (message instanceof Message.Extended(int id, ByteBuffer payload)
        && id == Greeting.ID) {
      hear(PayCodec.decode(payload));
    } else {
      onOther(message);
    }
  }

  /** Says something to a peer that speaks the extension. */
  final void say(PayMessage message) {
    if (theirs != 0) {
      wire.send(new Message.Extended(theirs, ByteBuffer.wrap(PayCodec.encode(message))));
    }
  }
}
