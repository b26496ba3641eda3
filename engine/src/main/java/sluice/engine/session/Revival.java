package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Presence;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Resume;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Looks whether what stopped a torrent has passed: whether the disk has room, or is there again.
 * Loop only.
 */
final class Revival implements Storage.ProbeHandler {
  /** Time between two looks. */
  static final long INTERVAL_NANOS = 10_000_000_000L;

  private static final long MIN_ROOM_BYTES = 1 << 20;
  private static final int MIN_ROOM_PIECES = 4;

  private final Fault fault;
  private final PieceLayout layout;
  private final Optional<Resume> resume;
  private final Consumer<Boolean> told;

  Revival(Fault fault, PieceLayout layout, Optional<Resume> resume, Consumer<Boolean> told) {
    this.fault = fault;
    this.layout = layout;
    this.resume = resume;
    this.told = told;
  }

  @Override
  public void onPresence(Presence presence) {
    boolean passed =
        fault.kind() == Fault.Kind.NO_SPACE
            ? presence.freeBytes() >= room()
            : resume.flatMap(Resume::seen).map(seen -> isThere(presence, seen)).orElse(true);
    told.accept(passed);
  }

  @Override
  public void onFault(Fault cause) {
    told.accept(false);
  }

  private static boolean isThere(Presence presence, Resume.Seen seen) {
    return presence.against(seen.root(), seen.stamps()) != Presence.Verdict.ABSENT;
  }

  /** Enough that the torrent does not stop again at once, and not more than it may still need. */
  private long room() {
    int have = resume.map(r -> r.have().count()).orElse(0);
    long missing = (long) (layout.pieceCount() - have) * layout.pieceLength();
    long some = Math.max(MIN_ROOM_BYTES, (long) MIN_ROOM_PIECES * layout.pieceLength());
    return Math.min(missing, some);
  }
}
