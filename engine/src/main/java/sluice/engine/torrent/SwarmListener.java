package sluice.engine.torrent;

import sluice.engine.port.Fault;

/** What a torrent hears of its swarm. On the loop. */
interface SwarmListener {
  /** The piece is right and written. */
  void onWritten(int piece);

  /** The last wanted piece is there. */
  void onComplete();

  /** Something is wanted again. */
  void onReopened();

  /** The disk failed, or a bug showed. */
  void onFault(Fault fault);
}
