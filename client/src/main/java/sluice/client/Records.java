package sluice.client;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.state.record.Counters;
import sluice.state.record.FileStamp;
import sluice.state.record.Progress;
import sluice.state.record.RenamedFile;

/** The engine's values as records of the store, and back. */
final class Records {
  /** Time of a file in a record that was made while it was written to. */
  private static final long UNRESTED = 0;

  private Records() {}

  /** What is known of a torrent whose record is {@code kept}. */
  static Resume resume(
      sluice.state.record.Resume kept, BitSet journal, boolean clean, Counters counters) {
    BitSet doubtful = (BitSet) journal.clone();
    for (int i = kept.have().nextSet(0); i >= 0; i = kept.have().nextSet(i + 1)) {
      doubtful.clear(i);
    }
    return new Resume(
        kept.have(),
        doubtful,
        kept.unfinished(),
        clean && journal.isEmpty() && isRested(kept),
        seen(kept),
        totals(counters));
  }

  /** Whether nothing was written after the record was made, as far as it tells. */
  private static boolean isRested(sluice.state.record.Resume kept) {
    return kept.stamps().stream().allMatch(s -> s.sizeBytes() < 0 || s.modifiedNanos() != UNRESTED);
  }

  /** How the files looked. */
  static Optional<Resume.Seen> seen(sluice.state.record.Resume kept) {
    return kept.root()
        .filter(root -> !kept.stamps().isEmpty())
        .map(root -> new RootIdentity(root.device()))
        .map(root -> new Resume.Seen(root, stamps(kept.stamps())));
  }

  /** What is known of a torrent that never came to a record. */
  static Resume unseen(int pieces, Counters counters) {
    return Resume.unknown(pieces, totals(counters));
  }

  /**
   * The record of {@code resume}.
   *
   * @param root of the folder if it is known better than by what was seen
   */
  static sluice.state.record.Resume resume(
      Resume resume, List<RenamedFile> renamed, Optional<RootIdentity> root) {
    List<FileStamp> stamps = new ArrayList<>();
    resume
        .seen()
        .map(Resume.Seen::stamps)
        .ifPresent(s -> {
          for (int i = 0; i < s.count(); i++) {
            stamps.add(
                new FileStamp(s.sizeBytes(i), resume.clean() ? s.changedNanos(i) : UNRESTED));
          }
        });
    return new sluice.state.record.Resume(
        resume.have(),
        stamps,
        resume.seen().map(s -> root.orElse(s.root())).map(Records::root),
        System.currentTimeMillis(),
        renamed,
        resume.unfinished());
  }

  /** The identity of a folder. */
  static sluice.state.record.RootIdentity root(RootIdentity root) {
    return new sluice.state.record.RootIdentity(root.token(), "");
  }

  static Progress progress(Done done) {
    return new Progress(done.bytes(), done.pieces());
  }

  /** Those of a torrent that is {@code complete} or not; it has been from the first time on. */
  static Counters counters(Counters before, Totals totals, boolean complete) {
    boolean active =
        totals.downloaded() != before.downloadedBytes()
            || totals.uploaded() != before.uploadedBytes();
    return new Counters(
        totals.uploaded(),
        totals.downloaded(),
        totals.wasted(),
        totals.seedingNanos(),
        totals.activeNanos(),
        active ? System.currentTimeMillis() : before.lastActivityMillis(),
        complete && before.completedMillis() == 0
            ? System.currentTimeMillis()
            : before.completedMillis(),
        totals.idleNanos());
  }

  static Totals totals(Counters counters) {
    return new Totals(
        counters.downloadedBytes(),
        counters.uploadedBytes(),
        counters.wastedBytes(),
        counters.seedingNanos(),
        counters.activeNanos(),
        counters.idleNanos());
  }

  private static Stamps stamps(List<FileStamp> list) {
    return new Stamps(
        list.stream().mapToLong(FileStamp::sizeBytes).toArray(),
        list.stream().mapToLong(FileStamp::modifiedNanos).toArray());
  }
}
