package sluice.daemon.creation;

import java.util.Optional;

/**
 * A torrent that is being made, or was. Immutable.
 *
 * @param id names it
 * @param order what is wanted
 * @param state how far it is
 * @param progress from 0 to 1
 * @param file the torrent file, once it is made
 * @param problem why it could not be made
 * @param addedMillis when it was ordered
 * @param startedMillis when it was begun; 0 as long as it waits
 * @param endedMillis when it was made or given up; 0 before
 */
public record Creation(
    String id,
    Order order,
    State state,
    double progress,
    Optional<Bytes> file,
    String problem,
    long addedMillis,
    long startedMillis,
    long endedMillis) {

  /** How far a torrent is. */
  public enum State {
    QUEUED("Queued"),
    RUNNING("Running"),
    FINISHED("Finished"),
    FAILED("Failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** Its name in qBittorrent's API. */
    public String text() {
      return text;
    }
  }

  /** A torrent file. */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
  public record Bytes(byte[] all) {}

  static Creation queued(String id, Order order, long millis) {
    return new Creation(id, order, State.QUEUED, 0, Optional.empty(), "", millis, 0, 0);
  }

  Creation started(long millis) {
    return new Creation(id, order, State.RUNNING, 0, Optional.empty(), "", addedMillis, millis, 0);
  }

  Creation at(double part) {
    return new Creation(
        id, order, state, part, file, problem, addedMillis, startedMillis, endedMillis);
  }

  Creation made(byte[] torrent, long millis) {
    return new Creation(
        id,
        order,
        State.FINISHED,
        1,
        Optional.of(new Bytes(torrent)),
        "",
        addedMillis,
        startedMillis,
        millis);
  }

  Creation failed(String why, long millis) {
    return new Creation(
        id,
        order,
        State.FAILED,
        progress,
        Optional.empty(),
        why,
        addedMillis,
        startedMillis,
        millis);
  }
}
