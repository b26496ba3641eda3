package sluice.engine.webseed;

import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;

/** The torrent, as its web seeds see it. All calls are on the loop. */
public interface Taker {
  /** A block came; the hold on {@code memory} passes to the taker. */
  void onWebBlock(Sender from, OpenPiece piece, int block, Block memory);

  /** Bytes came that are not needed any more. */
  void onWebWaste(int bytes);

  /** There is no memory for the next block. */
  void onMemoryShort();

  /** Whether {@code source} is to fetch whole pieces alone. */
  boolean isOnParole(Sender source);

  /**
   * A web seed cannot give what it should.
   *
   * @param url without user info
   * @param dropped whether it is not asked again
   */
  void onWebProblem(String url, String message, boolean dropped);
}
