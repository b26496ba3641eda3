package sluice.market.trade;

/**
 * What is traded in one torrent.
 *
 * @param bytes of all data
 * @param pieceBytes of a piece
 */
record Goods(long bytes, long pieceBytes) {}
