/**
 * Block memory and the threads that work on it. Blocks are never more than the budget and each hold
 * is given back once; every queue of work is bounded. Any thread.
 */
@NullMarked
package sluice.storage.pool;

import org.jspecify.annotations.NullMarked;
