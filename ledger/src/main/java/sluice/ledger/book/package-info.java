/**
 * Double-entry values: accounts, postings, entries. An entry that does not balance cannot be made.
 * Pure, any thread.
 */
@NullMarked
package sluice.ledger.book;

import org.jspecify.annotations.NullMarked;
