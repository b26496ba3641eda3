package sluice.engine.peer;

import sluice.engine.port.Block;

/**
 * A requested block whose bytes are arriving.
 *
 * @param request what was asked for
 * @param serial tells the open piece that asked from a later one with the same index
 * @param memory takes the bytes; there is one hold on it
 */
public record Arrival(Requests.Open request, long serial, Block memory) {
  private static final long NOBODY = -1;

  /** The same for no piece: others are asked for the block, and what arrives is dropped. */
  public Arrival abandoned() {
    return new Arrival(request, NOBODY, memory);
  }
}
