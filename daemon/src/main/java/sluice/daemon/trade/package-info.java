/**
 * The daemon's part in the bandwidth market, as its API shows it. What trades is given by the
 * program, so that a daemon without a market loads nothing of it. Any thread.
 */
@NullMarked
package sluice.daemon.trade;

import org.jspecify.annotations.NullMarked;
