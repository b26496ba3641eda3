package sluice.engine.metadata;

/** Bytes that many may share but not exceed. Loop only. */
public final class MemoryBudget {
  private final long capacityBytes;
  private long takenBytes;
  private boolean contended;

  /** A budget of {@code capacityBytes}. */
  public MemoryBudget(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** Takes {@code bytes} if there are as many. */
  public boolean take(long bytes) {
    if (takenBytes + bytes > capacityBytes) {
      contended = true;
      return false;
    }
    takenBytes += bytes;
    return true;
  }

  /** Gives {@code bytes} back. */
  public void give(long bytes) {
    takenBytes -= bytes;
    contended = false;
    assert takenBytes >= 0;
  }

  /** Bytes that are taken. */
  public long takenBytes() {
    return takenBytes;
  }

  /** Whether somebody asked in vain since bytes were given back last. */
  public boolean isContended() {
    return contended;
  }
}
