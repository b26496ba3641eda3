package sluice.engine.session;

import sluice.engine.torrent.Done;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;

/** The torrent of a world, which need not be open; counts how often it is opened. */
final class CountedSource implements TorrentSource {
  private final EngineWorld world;
  private final boolean known;
  private int opened;

  private CountedSource(EngineWorld world, boolean known) {
    this.world = world;
    this.known = known;
  }

  /** It is checked when it is opened, and is recorded so that it can be opened again. */
  static CountedSource kept(EngineWorld world) {
    return new CountedSource(world, false);
  }

  /** It is known to be complete before it was ever opened. */
  static CountedSource waiting(EngineWorld world) {
    return new CountedSource(world, true);
  }

  int opened() {
    return opened;
  }

  @Override
  public void open(Handler handler) {
    opened++;
    handler.onOpened(world.content.metainfo(), world.storage);
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public boolean waits() {
    return known;
  }

  @Override
  public TorrentSnapshot known(InfoHashes torrent) {
    return known
        ? TorrentSnapshot.known(torrent, 4, 9, new Done(4, 9), Totals.ZERO)
        : TorrentSource.super.known(torrent);
  }
}
