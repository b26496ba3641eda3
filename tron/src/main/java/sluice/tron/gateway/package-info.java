/**
 * TRON as the ledger's gateway uses it. What blocks say is taken from the solidity service only,
 * and from a second node where there is one. One thread.
 */
@NullMarked
package sluice.tron.gateway;

import org.jspecify.annotations.NullMarked;
