/**
 * Prices and what is owed. Money is a count of micro-units in 64 bits; what does not fit is an
 * {@link ArithmeticException}, never another number. Pure, any thread.
 */
@NullMarked
package sluice.market.money;

import org.jspecify.annotations.NullMarked;
