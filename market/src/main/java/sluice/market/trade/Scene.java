package sluice.market.trade;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import sluice.engine.port.Entropy;

/**
 * What all neighbours of a session share.
 *
 * @param hub where is paid
 * @param bars networks with which there is no trade
 * @param nanos monotonic time
 * @param unixSeconds the time of certificates
 * @param entropy numbers awards
 * @param traffic all that is sent
 * @param events hears of everything
 */
record Scene(
    HubTerms hub,
    Bars bars,
    LongSupplier nanos,
    LongSupplier unixSeconds,
    Entropy entropy,
    Traffic traffic,
    Consumer<MarketEvent> events) {
  long now() {
    return nanos.getAsLong();
  }
}
