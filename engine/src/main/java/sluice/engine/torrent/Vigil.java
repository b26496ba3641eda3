package sluice.engine.torrent;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Stamps;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;

/**
 * Notices that somebody else changes the files of a torrent that only seeds: while it sends, looks
 * at them from time to time. A file that is missing or too short stops the torrent; what was
 * written to is in doubt until it was hashed. Loop only.
 */
final class Vigil {
  /** Time between two looks at a torrent of few files. */
  static final long INTERVAL_NANOS = 3_000_000_000L;

  /** Looks at many files take long, and are rarer: so much for each. */
  private static final long FILE_NANOS = 10_000_000L;

  private final List<FileEntry> files;
  private final Storage storage;
  private final Doubt doubt;
  private final Owner owner;
  private final long intervalNanos;
  private long lookedNanos;
  private long sentBytes;
  private boolean busy;
  private boolean watching;

  /** Whose files they are. */
  interface Owner {
    /** How the files look since nothing of ours changes them; empty if that is not known. */
    Optional<Resume.Seen> settled();

    /** Payload bytes that were sent until now. */
    long sentBytes();

    /**
     * The files of these pieces look like {@code seen} since somebody wrote to them; {@code over}
     * is run when it is known what to think of them.
     */
    void onDoubt(BitSet pieces, Resume.Seen seen, Runnable over);

    /** The data are not there. */
    void onFault(Fault fault);
  }

  Vigil(Loop loop, Info torrent, Storage storage, Owner owner) {
    this.files = torrent.files();
    this.storage = storage;
    this.doubt = new Doubt(torrent.layout(), files);
    this.owner = owner;
    this.intervalNanos = INTERVAL_NANOS + files.size() * FILE_NANOS;
    this.lookedNanos = loop.now();
  }

  /** Looks as long as nothing is written. */
  void enter(Phase phase) {
    watching = phase instanceof Phase.Seeding;
    sentBytes = owner.sentBytes();
  }

  /** A second has passed. */
  void tick(long now) {
    long sent = owner.sentBytes();
    if (busy || !watching || sent == sentBytes || now - lookedNanos < intervalNanos) {
      return;
    }
    owner
        .settled()
        .ifPresent(seen -> {
          lookedNanos = now;
          sentBytes = sent;
          busy = true;
          storage.probe(new Look(seen));
        });
  }

  private void compare(Resume.Seen before, Presence presence) {
    switch (presence.against(before.root(), before.stamps())) {
      case SAME -> {}
      case ABSENT -> owner.onFault(Inventory.ABSENT);
      case CHANGED -> changed(before.stamps(), presence);
    }
  }

  private void changed(Stamps before, Presence presence) {
    BitSet changed = presence.stamps().changedSince(before);
    for (int i = 0; i < Math.min(files.size(), before.count()); i++) {
      if (changed.get(i) && presence.stamps().sizeBytes(i) < before.sizeBytes(i)) {
        owner.onFault(missing(files.get(i), presence.stamps().has(i)));
        return;
      }
    }
    Resume.Seen seen = new Resume.Seen(presence.root().orElseThrow(), presence.stamps());
    busy = true;
    owner.onDoubt(doubt.changed(changed), seen, () -> busy = false);
  }

  private static Fault missing(FileEntry file, boolean there) {
    return new Fault(
        Fault.Kind.MISSING,
        String.join("/", file.path())
            + (there ? ": was cut off while it was shared" : ": was removed while it was shared"));
  }

  /** One look. */
  private final class Look implements Storage.ProbeHandler {
    private final Resume.Seen before;

    Look(Resume.Seen before) {
      this.before = before;
    }

    @Override
    public void onPresence(Presence presence) {
      busy = false;
      if (watching && owner.settled().equals(Optional.of(before))) {
        compare(before, presence);
      }
    }

    @Override
    public void onFault(Fault fault) {
      busy = false;
    }
  }
}
