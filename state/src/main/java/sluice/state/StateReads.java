package sluice.state;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sluice.protocol.digest.Hash;
import sluice.state.record.FilePriorities;
import sluice.state.record.PlaceChange;
import sluice.state.record.Resume;
import sluice.state.record.RunMark;
import sluice.state.record.Setting;
import sluice.state.record.Source;
import sluice.state.record.TorrentRow;

/**
 * Reads what a {@link StateStore} has stored. Any thread that may block; each read sees all that
 * was acknowledged before, as it is at one moment. They throw {@link
 * sluice.state.fault.StateException}: when damage is found, the next start checks the database.
 */
public final class StateReads {
  private final Readers readers;

  StateReads(Readers readers) {
    this.readers = readers;
  }

  /** Gives the list of torrents to {@code consumer}, by rising number, without keeping it. */
  public void forEachRow(Consumer<TorrentRow> consumer) {
    readers.read(reader -> {
      reader.rows().each(consumer);
      return "";
    });
  }

  /** One row of the list. */
  public Optional<TorrentRow> row(long id) {
    return readers.read(reader -> reader.rows().find(id));
  }

  /** The number of the torrent with this whole hash (20 bytes: v1, 32 bytes: v2). */
  public OptionalLong find(Hash hash) {
    return readers.read(reader -> reader.details().find(hash));
  }

  /** The torrent file, or the magnet link until there is one. */
  public Optional<Source> source(long id) {
    return readers.read(reader -> reader.details().source(id));
  }

  /** What was verified on the disk at the last checkpoint. */
  public Optional<Resume> resume(long id) {
    return readers.read(reader -> reader.details().resume(id));
  }

  /** The priorities of files. */
  public FilePriorities priorities(long id) {
    return readers.read(reader -> reader.details().priorities(id));
  }

  /** Gives each torrent whose files are not all of ordinary priority to {@code consumer}. */
  public void forEachPriorities(BiConsumer<Long, FilePriorities> consumer) {
    readers.read(reader -> {
      reader.details().eachPriorities(consumer);
      return "";
    });
  }

  /** Gives each torrent of which a change of place is intended, or was interrupted. */
  public void forEachChange(BiConsumer<Long, PlaceChange> consumer) {
    readers.read(reader -> {
      reader.changes().each(consumer::accept);
      return "";
    });
  }

  /** The change of place that is intended with a torrent, or was interrupted. */
  public Optional<PlaceChange> change(long id) {
    return readers.read(reader -> reader.changes().find(id));
  }

  /**
   * Gives each torrent with pieces that were written since its last checkpoint to {@code consumer},
   * with these pieces in rising order. They may be out of the torrent's range if a row was damaged.
   */
  public void forEachJournal(BiConsumer<Long, int[]> consumer) {
    readers.read(reader -> {
      reader.details().eachJournal(consumer);
      return "";
    });
  }

  /** The pieces of one torrent that were written since its last checkpoint. */
  public BitSet journal(long id) {
    return readers.read(reader -> reader.details().journal(id));
  }

  /** Those of {@code marks} that a torrent has not got. */
  public List<Long> unmarked(long id, List<Long> marks) {
    return readers.read(reader -> reader.marks().lacking(id, marks));
  }

  /**
   * The numbers of at most {@code most} other torrents with one of {@code marks}, in their order.
   */
  public List<Long> sharing(long id, List<Long> marks, int most) {
    return readers.read(reader -> reader.marks().sharing(id, marks, most));
  }

  /** All settings by key. */
  public Map<String, Setting> settings() {
    return readers.read(reader -> reader.details().settings());
  }

  /** The last runs of the program, the present one first. */
  public List<RunMark> runs() {
    return readers.read(reader -> reader.details().runs());
  }
}
