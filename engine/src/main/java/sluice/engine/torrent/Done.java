package sluice.engine.torrent;

/**
 * How much of a torrent is there.
 *
 * @param pieces verified pieces
 * @param bytes data bytes in them
 */
public record Done(int pieces, long bytes) {}
