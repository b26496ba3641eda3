/** A hub as its members use it, over HTTP. Needs no database. Any thread; calls block. */
@NullMarked
package sluice.ledger.client;

import org.jspecify.annotations.NullMarked;
