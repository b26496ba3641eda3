/**
 * Between the books and a chain, which is a port: deposits by final blocks, withdrawals whose bytes
 * are kept before they are sent. What a block says is the only proof that something was paid. One
 * thread for each gateway; several hubs may each have one.
 */
@NullMarked
package sluice.ledger.gateway;

import org.jspecify.annotations.NullMarked;
