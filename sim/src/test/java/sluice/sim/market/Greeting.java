package sluice.sim.market;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.market.wire.PayOffer;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;

/** What scripted peers say of themselves (BEP 10). */
final class Greeting {
  /** The id under which they take messages of the market. */
  static final int ID = 7;

  private static final int QUEUE = 250;

  private Greeting() {}

  /** The first message of a payer, or of a seller. */
  static Message of(SimBank bank, boolean sells) {
    PayOffer offer =
        new PayOffer(
            List.of(bank.terms.asset()),
            sells ? Optional.of(SimBank.PRICE) : Optional.empty(),
            List.of(bank.terms.hub()),
            sells ? PayOffer.SELLS : PayOffer.PAYS,
            sells ? Bazaar.WINDOW : 0);
    ExtensionHandshake told =
        new ExtensionHandshake.Draft()
            .ids(Map.of(PayOffer.NAME, ID))
            .requestQueue(QUEUE)
            .handshake();
    byte[] payload =
        ExtensionHandshakeCodec.encode(
            told, new TreeMap<>(Collections.singletonMap(PayOffer.NAME, offer.encode())));
    return new Message.Extended(0, ByteBuffer.wrap(payload));
  }
}
