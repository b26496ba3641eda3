package sluice.cli.progress;

/**
 * How far a torrent is.
 *
 * @param torrent its info-hash in hexadecimal digits
 * @param name for people
 * @param stage what is being done
 * @param done verified and written data bytes
 * @param total wanted data bytes; 0 as long as they are not known
 * @param received payload bytes received since the start
 * @param uploaded payload bytes sent since the start
 * @param downRate payload bytes per second received
 * @param upRate payload bytes per second sent
 * @param peers connected peers
 */
public record Progress(
    String torrent,
    String name,
    Stage stage,
    long done,
    long total,
    long received,
    long uploaded,
    long downRate,
    long upRate,
    int peers) {
  /** Whether everything that is wanted is there. */
  boolean seeding() {
    return stage == Stage.SEEDING;
  }
}
