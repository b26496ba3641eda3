/**
 * A node of TRON as a client sees it: the full service (what is newest, and where transactions are
 * sent) and the solidity service (what is final), over gRPC. What a node says of a block is checked
 * against the block's own hashes. Calls block, have a deadline each, and may be made from any
 * thread.
 */
@NullMarked
package sluice.tron.node;

import org.jspecify.annotations.NullMarked;
