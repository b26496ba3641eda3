package sluice.engine.session;

import java.util.Map;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.TorrentEvents;
import sluice.engine.torrent.Totals;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** Turns what the run of an entry tells into events of the engine. Loop only. */
record Told(Entry entry, Keeper keeper, Exchange exchange, Consumer<EngineEvent> events)
    implements TorrentEvents {
  @Override
  public void onChecked(Torrent torrent, double seconds, int have, int pieces) {
    entry.turn().checked();
    entry.standby().whole(have == pieces);
    entry.changed();
    events.accept(new EngineEvent.Checked(torrent.hashes(), seconds, have, pieces));
  }

  @Override
  public void onLooked(Torrent torrent, Runnable go) {
    Runnable begun =
        () -> {
          go.run();
          entry.changed();
        };
    if (entry.standby().isMet() && torrent.picker().isComplete()) {
      begun.run();
    } else {
      exchange.meet(torrent, entry.spec().download(), begun);
    }
  }

  @Override
  public void onWritten(Torrent torrent, int piece) {
    keeper.written(torrent.hashes(), piece);
  }

  @Override
  public void onCheckpoint(Torrent torrent, Resume resume, Done done) {
    keeper.checkpoint(torrent.hashes(), resume, done);
  }

  @Override
  public void onCounters(Torrent torrent, Totals totals, Done done) {
    keeper.counters(torrent.hashes(), totals, done);
  }

  @Override
  public void onCompleted(Torrent torrent) {
    entry.standby().whole(torrent.picker().have().isFull());
    entry.changed();
    events.accept(new EngineEvent.Completed(torrent.hashes()));
  }

  @Override
  public void onLost(Torrent torrent, int pieces) {
    entry.standby().whole(false);
    entry.changed();
    events.accept(new EngineEvent.PiecesLost(torrent.hashes(), pieces));
  }

  @Override
  public void onFaulted(Torrent torrent, Fault fault) {
    entry.faulted(fault);
  }

  @Override
  public void onTracker(Torrent torrent, TrackerAnswer answer) {
    events.accept(new EngineEvent.TrackerAnswered(torrent.hashes(), answer));
  }

  @Override
  public void onTrackerFailed(Torrent torrent, String url, String message) {
    events.accept(new EngineEvent.TrackerFailed(torrent.hashes(), url, message));
  }

  @Override
  public void onWebSeed(Torrent torrent, String url, String message, boolean dropped) {
    events.accept(new EngineEvent.WebSeedFailed(torrent.hashes(), url, message, dropped));
  }

  @Override
  public void onBanned(Torrent torrent, Endpoint peer, String reason) {
    events.accept(new EngineEvent.PeerBanned(torrent.hashes(), peer, reason));
  }

  @Override
  public void onLayers(Torrent torrent, Map<Hash, PieceLayer> layers) {
    events.accept(new EngineEvent.LayersCame(torrent.hashes(), layers));
  }
}
