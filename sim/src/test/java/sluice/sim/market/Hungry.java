package sluice.sim.market;

import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.sim.scenario.WirePeer;

/** A peer without the extension that takes blocks as fast as they come, and gives nothing. */
final class Hungry implements WirePeer.Script {
  private static final int AHEAD = 64;
  private static final int BLOCK = PieceLayout.BLOCK;
  private static final long ALIVE_NANOS = 50_000_000_000L;

  private final WirePeer.Wire wire;
  private boolean choked = true;
  private long asked;

  /** Bytes of blocks that came. */
  long taken;

  Hungry(WirePeer.Wire wire) {
    this.wire = wire;
  }

  @Override
  public void onOpen() {
    wire.send(new Message.HaveNone());
    wire.send(new Message.Interested());
    stayAlive();
  }

  private void stayAlive() {
    wire.send(new Message.KeepAlive());
    wire.after(ALIVE_NANOS, this::stayAlive);
  }

  @Override
  public void onMessage(Message message) {
    if (message instanceof Message.Unchoke) {
      choked = false;
      asked = taken;
      ask();
    } else if (message instanceof Message.Choke) {
      choked = true;
    }
  }

  @Override
  public void onBlock(int piece, int begin, int length) {
    taken += length;
    ask();
  }

  private void ask() {
    PieceLayout layout = wire.torrent().layout();
    int perPiece = layout.pieceLength() / BLOCK;
    while (!choked && asked < taken + (long) AHEAD * BLOCK) {
      int block = (int) (asked / BLOCK % ((long) layout.pieceCount() * perPiece));
      asked += BLOCK;
      wire.send(new Message.Request(block / perPiece, block % perPiece * BLOCK, BLOCK));
    }
  }
}
