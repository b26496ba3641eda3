package sluice.ledger;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.market.sign.PayKey;

/** Keys by number; each is made once. */
final class Keys {
  private static final Map<Integer, PayKey> MADE = new ConcurrentHashMap<>();

  private Keys() {}

  static PayKey key(int number) {
    return MADE.computeIfAbsent(
        number, n -> PayKey.of(ByteBuffer.allocate(32).putInt(28, n).array()).orElseThrow());
  }
}
