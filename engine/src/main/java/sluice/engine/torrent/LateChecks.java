package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Optional;
import sluice.engine.hash.HashBook;
import sluice.engine.pick.Picker;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;

/**
 * Compares pieces whose hashes came after the start with what is on disk, and then lets those that
 * are not there be fetched. One check runs at a time. Loop only.
 */
final class LateChecks {
  private final Storage storage;
  private final HashBook book;
  private final Picker picker;
  private final Unfinished unfinished;
  private final Listener listener;
  private final BitSet blocked;
  private BitSet waiting = new BitSet();
  private Optional<Storage.Check> running = Optional.empty();
  private boolean stopped;

  /** Who is told. */
  interface Listener {
    /** The piece is on disk, and right; it may have been wanted. */
    void onFound(int piece, boolean wanted);

    /** Some pieces may be fetched, and some are there. */
    void onChecked();

    /** The disk failed. */
    void onDiskFault(Fault fault);
  }

  /** Blocks the pieces of which the book does not know what they must hash to. */
  LateChecks(SwarmParts parts, Unfinished unfinished, Listener listener) {
    this.storage = parts.storage();
    this.book = parts.book();
    this.picker = parts.picker();
    this.unfinished = unfinished;
    this.listener = listener;
    blocked = book.known();
    blocked.flip(0, picker.have().size());
    blocked.stream().forEach(picker::block);
  }

  /** What these pieces must hash to has become known; those that are not blocked are left alone. */
  void add(BitSet pieces) {
    BitSet ready = (BitSet) pieces.clone();
    ready.and(blocked);
    blocked.andNot(ready);
    waiting.or(ready);
    next();
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
    running.ifPresent(Storage.Check::cancel);
  }

  private void next() {
    if (running.isPresent() || stopped || waiting.isEmpty()) {
      return;
    }
    BitSet which = waiting;
    waiting = new BitSet();
    running = Optional.of(storage.check(which, book, new Progress(which)));
  }

  /** One check. */
  private final class Progress implements Storage.CheckHandler {
    private final BitSet which;

    Progress(BitSet which) {
      this.which = which;
    }

    @Override
    public void onChecked(int from, int to, BitSet good) {
      if (stopped) {
        return;
      }
      for (int i = which.nextSetBit(from); i >= 0 && i < to; i = which.nextSetBit(i + 1)) {
        if (good.get(i)) {
          boolean wanted = picker.wants(i);
          picker.got(i);
          listener.onFound(i, wanted);
        }
        picker.unblock(i);
        unfinished.wanted(i);
      }
    }

    @Override
    public void onEnd() {
      running = Optional.empty();
      if (!stopped) {
        listener.onChecked();
        next();
      }
    }

    @Override
    public void onFault(Fault fault) {
      running = Optional.empty();
      listener.onDiskFault(fault);
    }
  }
}
