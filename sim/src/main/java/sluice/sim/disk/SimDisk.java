package sluice.sim.disk;

import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.sim.world.SimLoop;

/** The disk of a host: one queue of operations with costs, and faults by script. */
public final class SimDisk {
  private static final long NANOS = 1_000_000_000;

  private final long operationNanos;
  private final long bytesPerSecond;
  private long freeAt;
  private long spaceBytes = Long.MAX_VALUE;
  private int failingReads;
  private int failingWrites;
  private boolean absent;

  /** A disk on which an operation costs {@code operationNanos} and its bytes at the given rate. */
  public SimDisk(long operationNanos, long bytesPerSecond) {
    this.operationNanos = operationNanos;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** 0.1 ms for each operation and 1 GB/s. */
  public static SimDisk fast() {
    return new SimDisk(100_000, 1_000_000_000);
  }

  /** 10 ms for each operation and 20 MB/s. */
  public static SimDisk slow() {
    return new SimDisk(10_000_000, 20_000_000);
  }

  /** Lets the disk be full after {@code bytes} more. */
  public void space(long bytes) {
    spaceBytes = bytes;
  }

  /** Takes the disk away, as when it is unmounted, or brings it back. */
  public void absent(boolean value) {
    absent = value;
  }

  /** Lets the next {@code count} reads fail. */
  public void failReads(int count) {
    failingReads = count;
  }

  /** Lets the next {@code count} writes fail. */
  public void failWrites(int count) {
    failingWrites = count;
  }

  /** Runs {@code work} on {@code loop} when the disk has come to it and moved {@code bytes}. */
  void run(SimLoop loop, long bytes, String label, Runnable work) {
    long now = loop.world().now();
    freeAt = Math.max(now, freeAt) + operationNanos + bytes * NANOS / bytesPerSecond;
    loop.post(freeAt - now, label, work);
  }

  /** Bytes that can still be written. */
  long spaceBytes() {
    return spaceBytes;
  }

  boolean isAbsent() {
    return absent;
  }

  /** The fault of anything that needs the disk and not its platters. */
  Optional<Fault> touching() {
    return absent
        ? Optional.of(new Fault(Fault.Kind.ABSENT, "the disk is not mounted"))
        : Optional.empty();
  }

  Optional<Fault> reading() {
    if (absent) {
      return touching();
    }
    if (failingReads == 0) {
      return Optional.empty();
    }
    failingReads--;
    return Optional.of(new Fault(Fault.Kind.IO, "the disk cannot be read"));
  }

  Optional<Fault> writing(long bytes) {
    if (absent) {
      return touching();
    }
    if (failingWrites > 0) {
      failingWrites--;
      return Optional.of(new Fault(Fault.Kind.IO, "the disk cannot be written"));
    }
    if (bytes > spaceBytes) {
      return Optional.of(new Fault(Fault.Kind.NO_SPACE, "the disk is full"));
    }
    spaceBytes -= bytes;
    return Optional.empty();
  }
}
