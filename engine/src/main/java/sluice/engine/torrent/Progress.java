package sluice.engine.torrent;

import java.util.function.Consumer;
import sluice.engine.port.Fault;

/** Tells the session how far a torrent is. Loop only. */
record Progress(Torrent torrent, TorrentEvents events, Consumer<Fault> failed)
    implements Checkpoint.Record {
  @Override
  public void written(int piece) {
    events.onWritten(torrent, piece);
  }

  @Override
  public void checkpoint(Resume resume, Done done) {
    events.onCheckpoint(torrent, resume, done);
  }

  @Override
  public void counters(Totals totals, Done done) {
    events.onCounters(torrent, totals, done);
  }

  @Override
  public Totals totals() {
    return torrent.totals();
  }

  @Override
  public Done done() {
    return new Done(torrent.picker().have().count(), torrent.picker().haveBytes());
  }

  @Override
  public void onFault(Fault fault) {
    failed.accept(fault);
  }
}
