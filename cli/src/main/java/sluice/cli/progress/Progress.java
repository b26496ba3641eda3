package sluice.cli.progress;

/**
 * How far a torrent is.
 *
 * @param torrent its info-hash in hexadecimal digits
 * @param name for people
 * @param seeding whether everything that is wanted is there
 * @param done verified and written data bytes
 * @param total wanted data bytes
 * @param received payload bytes received since the start
 * @param uploaded payload bytes sent since the start
 * @param downRate payload bytes per second received
 * @param upRate payload bytes per second sent
 * @param peers connected peers
 */
public record Progress(
    String torrent,
    String name,
    boolean seeding,
    long done,
    long total,
    long received,
    long uploaded,
    long downRate,
    long upRate,
    int peers) {}
