/**
 * Who gets the upload slots that are for sale, and at which price. Policies are pure functions of
 * what is offered and what was awarded before; they know no clock and no peer. Any thread.
 */
@NullMarked
package sluice.market.auction;

import org.jspecify.annotations.NullMarked;
