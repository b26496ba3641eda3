package sluice.storage.file;

import java.util.Map;
import java.util.Objects;
import sluice.engine.count.Times;
import sluice.storage.pool.Workers;

/**
 * What a disk does, and has done since its start.
 *
 * @param work by what is done
 * @param readBytes of torrents
 * @param writtenBytes of torrents
 */
public record DiskStatus(Map<Operation, Work> work, long readBytes, long writtenBytes) {
  public DiskStatus {
    work = Map.copyOf(work);
  }

  /** What threads of their own do. */
  public enum Operation {
    /** For peers and readers. */
    READ,
    /** Pieces are verified and written. */
    WRITE,
    /** What is there is verified. */
    CHECK,
    /** Files are looked at, forced and closed. */
    SYNC,
    /** Files are made, moved, renamed and deleted. */
    MOVE
  }

  /**
   * One kind of work.
   *
   * @param times how long it took, without the wait for a thread
   * @param waiting how much of it waits for a thread
   * @param hashedBytes bytes that went through its hashes
   */
  public record Work(Times.Told times, int waiting, long hashedBytes) {
    static Work of(Workers workers) {
      return new Work(workers.times(), workers.waiting(), workers.hashedBytes());
    }
  }

  /** What is done of one kind. */
  public Work of(Operation operation) {
    return Objects.requireNonNull(work.get(operation));
  }

  /** Bytes that went through hashes. */
  public long hashedBytes() {
    return work.values().stream().mapToLong(Work::hashedBytes).sum();
  }
}
