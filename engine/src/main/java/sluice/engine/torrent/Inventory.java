package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Optional;
import sluice.engine.hash.HashBook;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.Metainfo;

/**
 * The way from what is remembered of a torrent's data to what is known: looks at the files, and
 * hashes what is in doubt. Loop only.
 */
final class Inventory {
  /** The folder of the data is not the one that it was. */
  static final Fault ABSENT =
      new Fault(
          Fault.Kind.ABSENT,
          "the folder of the data is missing or another one; is its disk mounted?");

  private final Loop loop;
  private final Metainfo metainfo;
  private final HashBook book;
  private final Storage storage;
  private final Owner owner;
  private final Doubt doubt;
  private Optional<Storage.Check> check = Optional.empty();
  private boolean cancelled;
  private long startedNanos;

  /** Who wants to know. */
  interface Owner {
    /** The piece is there. */
    void onGood(int piece);

    /** Everything was looked at. */
    void onEnd(double seconds);

    /** It cannot be told. */
    void onFault(Fault fault);
  }

  Inventory(Loop loop, Metainfo metainfo, HashBook book, Storage storage, Owner owner) {
    this.loop = loop;
    this.metainfo = metainfo;
    this.book = book;
    this.storage = storage;
    this.owner = owner;
    this.doubt = new Doubt(metainfo.info().layout(), metainfo.info().files());
  }

  /** Looks at the data; without {@code resume} at all of them. */
  void start(Optional<Resume> resume) {
    startedNanos = loop.now();
    if (resume.isEmpty() || !resume.get().isTrusted()) {
      check(doubt.all());
    } else {
      storage.probe(new Probe(resume.get()));
    }
  }

  /** Stops looking; nothing is told any more. */
  void cancel() {
    cancelled = true;
    check.ifPresent(Storage.Check::cancel);
  }

  private void compare(Resume resume, Presence presence) {
    Resume.Seen seen = resume.seen().orElseThrow();
    if (resume.isBegun()
        && presence.against(seen.root(), seen.stamps()) == Presence.Verdict.ABSENT) {
      owner.onFault(ABSENT);
      return;
    }
    BitSet which = doubt.pieces(resume, presence);
    int count = metainfo.info().layout().pieceCount();
    for (int i = resume.have().nextSet(0); i >= 0 && i < count; i = resume.have().nextSet(i + 1)) {
      if (!which.get(i)) {
        owner.onGood(i);
      }
    }
    check(which);
  }

  /** Pieces whose hash is not known are checked later, when it is. */
  private void check(BitSet which) {
    which.and(book.known());
    if (which.isEmpty()) {
      loop.execute(this::end);
    } else {
      check = Optional.of(storage.check(which, book, new CheckProgress()));
    }
  }

  private void end() {
    check = Optional.empty();
    if (!cancelled) {
      owner.onEnd((loop.now() - startedNanos) / 1e9);
    }
  }

  private void fault(Fault fault) {
    check = Optional.empty();
    if (!cancelled) {
      owner.onFault(fault);
    }
  }

  /** What is there of the files. */
  private final class Probe implements Storage.ProbeHandler {
    private final Resume resume;

    Probe(Resume resume) {
      this.resume = resume;
    }

    @Override
    public void onPresence(Presence presence) {
      if (!cancelled) {
        compare(resume, presence);
      }
    }

    @Override
    public void onFault(Fault fault) {
      fault(fault);
    }
  }

  /** Collects the results of the check. */
  private final class CheckProgress implements Storage.CheckHandler {
    @Override
    public void onChecked(int from, int to, BitSet good) {
      for (int i = good.nextSetBit(from); i >= 0 && i < to; i = good.nextSetBit(i + 1)) {
        if (!cancelled) {
          owner.onGood(i);
        }
      }
    }

    @Override
    public void onEnd() {
      end();
    }

    @Override
    public void onFault(Fault fault) {
      fault(fault);
    }
  }
}
