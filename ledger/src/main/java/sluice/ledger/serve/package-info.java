/**
 * A hub as a program runs it: its settings, its server, and what it does by itself now and then. A
 * thread of its own for that; the rest is the server's.
 */
@NullMarked
package sluice.ledger.serve;

import org.jspecify.annotations.NullMarked;
