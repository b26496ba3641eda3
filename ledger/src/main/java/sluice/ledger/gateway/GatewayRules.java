package sluice.ledger.gateway;

/**
 * How much a gateway pays out by itself. What is over a limit waits in the queue, whose length and
 * reason everybody can see.
 *
 * @param maxOnceMicros the most that one withdrawal pays without the operator's hand
 * @param maxDayMicros the most that is paid of an asset within 24 hours
 * @param maxHotMicros what the address that pays out should have at the most; beyond it there is an
 *     alarm
 * @param minPayments there is an alarm when the fees suffice for fewer payments
 */
public record GatewayRules(
    long maxOnceMicros, long maxDayMicros, long maxHotMicros, long minPayments) {
  /** No limits; an alarm when the fees suffice for fewer than ten payments. */
  public static final GatewayRules OPEN =
      new GatewayRules(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10);

  public GatewayRules {
    if (maxOnceMicros < 1 || maxDayMicros < maxOnceMicros || maxHotMicros < 1 || minPayments < 0) {
      throw new IllegalArgumentException(
          "at once " + maxOnceMicros + ", a day " + maxDayMicros + ", hot " + maxHotMicros);
    }
  }
}
