package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.hash.HashBook;
import sluice.engine.port.Fault;

/** What a torrent does when somebody else changes its files. Loop only. */
record Guarded(
    Torrent torrent,
    HashBook book,
    Checkpoint checkpoint,
    TorrentEvents events,
    Consumer<Fault> failed)
    implements Vigil.Owner {
  @Override
  public Optional<Resume.Seen> settled() {
    return checkpoint.settled();
  }

  @Override
  public long sentBytes() {
    return torrent.counters().uploaded();
  }

  /** Pieces that are not there, or whose hash is not known, cannot be doubted. */
  @Override
  public void onDoubt(BitSet pieces, Resume.Seen seen, Runnable over) {
    BitSet there = book.known();
    there.and(pieces);
    there.stream().filter(i -> !torrent.picker().have().get(i)).forEach(there::clear);
    if (there.isEmpty()) {
      known(0, seen, over);
    } else {
      torrent.wishes().doubt(there, lost -> known(lost, seen, over));
    }
  }

  private void known(int lost, Resume.Seen seen, Runnable over) {
    checkpoint.settle(seen);
    over.run();
    if (lost > 0) {
      events.onLost(torrent, lost);
    }
  }

  @Override
  public void onFault(Fault fault) {
    failed.accept(fault);
  }
}
