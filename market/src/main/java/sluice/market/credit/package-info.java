/**
 * How much one side of a deal risks: the bytes that a payee sends before it is paid, and what a
 * payer promises for. Pure, one thread each.
 */
@NullMarked
package sluice.market.credit;

import org.jspecify.annotations.NullMarked;
