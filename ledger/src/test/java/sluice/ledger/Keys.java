package sluice.ledger;

import java.nio.ByteBuffer;
import sluice.market.sign.PayKey;

/** Keys by number. */
final class Keys {
  private Keys() {}

  static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }
}
