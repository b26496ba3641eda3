/**
 * The books in a relational database: SQLite in a file, or PostgreSQL that several hubs share. One
 * event is one transaction. Writers lock the head row first, so that entries have one order and no
 * two transactions wait for each other in a circle. Any thread; calls block.
 */
@NullMarked
package sluice.ledger.store;

import org.jspecify.annotations.NullMarked;
