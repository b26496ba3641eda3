/**
 * The demonstration of the bandwidth market: a tracker, a ledger and peers in one process. One
 * thread, beside those of its parts.
 */
@NullMarked
package sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
