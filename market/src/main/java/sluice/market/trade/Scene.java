package sluice.market.trade;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import sluice.engine.port.Entropy;

/**
 * What all neighbours of a session share.
 *
 * @param hub where is paid
 * @param bars networks that have left owing
 * @param debts what networks owe
 * @param nanos monotonic time
 * @param unixSeconds the time of certificates
 * @param entropy numbers awards
 * @param traffic all that is sent
 * @param events hears of everything
 */
record Scene(
    HubTerms hub,
    Bars bars,
    Debts debts,
    LongSupplier nanos,
    LongSupplier unixSeconds,
    Entropy entropy,
    Traffic traffic,
    Consumer<MarketEvent> events) {
  long now() {
    return nanos.getAsLong();
  }
}
