package sluice.tron.devnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;
import sluice.tron.node.ChainFees;

/**
 * How a chain begins.
 *
 * @param name chains of different names have different first blocks
 * @param genesisMillis time of the first block
 * @param slotMillis between two blocks
 * @param solidLag how many blocks are on top of the newest final one
 * @param fees what it charges
 * @param funds sun that accounts have from the beginning, by address in hexadecimal digits
 */
public record DevConfig(
    String name,
    long genesisMillis,
    long slotMillis,
    int solidLag,
    ChainFees fees,
    Map<String, Long> funds) {
  /** What the main network has: a block in three seconds. */
  public static final long SLOT_MILLIS = 3_000;

  /** What the main network has: a minute. */
  public static final int SOLID_LAG = 20;

  public DevConfig {
    funds = new TreeMap<>(funds);
    if (slotMillis < 1 || solidLag < 0 || genesisMillis < 0) {
      throw new IllegalArgumentException(
          "slots of " + slotMillis + " ms, final " + solidLag + " blocks behind");
    }
  }

  /** A chain like the main network, with the fees of a private one. */
  public static DevConfig of(String name, long genesisMillis) {
    return new DevConfig(name, genesisMillis, SLOT_MILLIS, SOLID_LAG, ChainFees.PRIVATE, Map.of());
  }

  /** The same with other fees. */
  public DevConfig charging(ChainFees other) {
    return new DevConfig(name, genesisMillis, slotMillis, solidLag, other, funds);
  }

  /** The same with blocks that come and become final faster or slower. */
  public DevConfig paced(long millis, int lag) {
    return new DevConfig(name, genesisMillis, millis, lag, fees, funds);
  }

  /** The same with {@code sun} for an account. */
  public DevConfig funding(PayAddress account, long sun) {
    Map<String, Long> more = new TreeMap<>(funds);
    more.put(account.hex(), sun);
    return new DevConfig(name, genesisMillis, slotMillis, solidLag, fees, more);
  }

  /** Who makes all blocks. */
  PayKey witness() {
    return PayKey.of(Hash.sha256(("witness of " + name).getBytes(UTF_8)).bytes()).orElseThrow();
  }
}
