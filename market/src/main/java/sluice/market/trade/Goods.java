package sluice.market.trade;

/**
 * What is traded in one torrent.
 *
 * @param bytes of all data
 * @param unitBytes of what is verified at once: a piece, or a block (BEP 52)
 */
record Goods(long bytes, long unitBytes) {}
