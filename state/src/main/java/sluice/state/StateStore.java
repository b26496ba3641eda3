package sluice.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;
import sluice.state.file.DirLock;
import sluice.state.file.Reserve;
import sluice.state.record.Content;
import sluice.state.record.Counters;
import sluice.state.record.FilePriorities;
import sluice.state.record.PrioritiesCodec;
import sluice.state.record.Progress;
import sluice.state.record.Resume;
import sluice.state.record.ResumeCodec;
import sluice.state.record.Setting;
import sluice.state.record.Source;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.Wanted;
import sluice.state.sql.Database;
import sluice.state.sql.SqlFaults;
import sluice.state.write.Write;
import sluice.state.write.Write.Durability;
import sluice.state.write.Writer;

/**
 * Everything that a session keeps between runs, in one folder.
 *
 * <p>Changes return at once; any thread may ask for them, and they are done in that order, each as
 * a whole or not at all. Their stages complete on the writer's thread, so what follows must be
 * short or go to another thread. A stage fails with a {@link StateException}; the store stays
 * usable. What users ask for is synced to the disk before it is acknowledged. What the engine notes
 * by itself ({@link #checkpoint}, {@link #count}, {@link #written}) is acknowledged when the
 * operating system has it, and synced within two seconds.
 *
 * <p>{@link #reads} has what is stored.
 */
public final class StateStore implements AutoCloseable {
  /** What a waiting write takes beside its content. */
  private static final int WRITE_BYTES = 256;

  private final DirLock lock;
  private final Opening opening;
  private final StartReport start;
  private final Readers readers;
  private final StateReads reads;
  private final Copies copies;
  private final Writer writer;
  private final Changes changes;
  private final StatePlaces places;
  private boolean isClosed;

  private StateStore(DirLock lock, Path dir, StateOptions options) throws IOException {
    this.lock = lock;
    opening = new Opening(dir);
    start = opening.prepare();
    readers = new Readers(opening.file());
    reads = new StateReads(readers);
    copies = new Copies(opening.file(), opening.copy(), options);
    Connection connection = null;
    try {
      connection = Database.writer(opening.file());
      Reserve reserve = new Reserve(dir, options.reserveBytes());
      writer = new Writer("state-writer", connection, reserve, copies::changed);
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw SqlFaults.translate("opening the state", e);
    }
    changes = new Changes(writer);
    places = new StatePlaces(changes);
    writer.start();
    long now = System.currentTimeMillis();
    change(Durability.HANDED_OVER, 0, t -> t.common().beginRun(now));
  }

  /** Opens the state in {@code dir}, which is made if it is not there. */
  public static StateStore open(Path dir) {
    return open(dir, StateOptions.DEFAULT);
  }

  /**
   * Opens the state in {@code dir}, which is made if it is not there.
   *
   * @throws StateException when it is in use, was made by a later version, or is damaged without a
   *     sound copy
   */
  public static StateStore open(Path dir, StateOptions options) {
    DirLock lock = null;
    StateStore store = null;
    try {
      Files.createDirectories(dir);
      Path real = dir.toRealPath();
      lock = DirLock.take(real);
      store = new StateStore(lock, real, options);
      return store;
    } catch (IOException e) {
      throw new StateException(Kind.IO, "the state in " + dir + " cannot be opened: " + e, e);
    } finally {
      if (store == null && lock != null) {
        release(lock);
      }
    }
  }

  /** How the state was found. */
  public StartReport start() {
    return start;
  }

  /** Why the last copy of the database failed, if it did. */
  public Optional<StateException> copyFailure() {
    return Optional.ofNullable(copies.lastFailure());
  }

  // Changes by the user: synced before they are acknowledged.

  /**
   * Adds a torrent; its number was never given to another. Fails with {@link Kind#DUPLICATE} when
   * one with the same v1 or v2 hash is there.
   */
  public CompletionStage<Long> add(Torrent torrent, Source source) {
    return add(torrent, source, FilePriorities.ORDINARY);
  }

  /** Adds a torrent whose files have these priorities; see {@link #add(Torrent, Source)}. */
  public CompletionStage<Long> add(Torrent torrent, Source source, FilePriorities priorities) {
    Sizes.check(source);
    byte[] record = PrioritiesCodec.encode(priorities);
    return writer.offer(
        new Write<>(
            Durability.SYNCED,
            WRITE_BYTES + Sizes.of(source) + record.length,
            t -> {
              long id = t.torrents().add(torrent);
              t.details().source(id, source);
              if (priorities.count() > 0) {
                t.details().priorities(id, record);
              }
              return id;
            }));
  }

  /** Removes a torrent and all that is known about it. */
  public CompletionStage<@Nullable Void> remove(long id) {
    return change(Durability.SYNCED, 0, t -> t.torrents().remove(id));
  }

  /** Sets what the user wants a torrent to do, and its place among the queued. */
  public CompletionStage<@Nullable Void> want(long id, Wanted wanted, long queueOrder) {
    return change(
        Durability.SYNCED,
        0,
        t -> t.torrents().change(id, old -> old.withWanted(wanted, queueOrder)));
  }

  /** Changes a torrent, whatever it is when it is this change's turn. */
  public CompletionStage<@Nullable Void> changeTorrent(long id, UnaryOperator<Torrent> change) {
    return change(Durability.SYNCED, 0, t -> t.torrents().change(id, change::apply));
  }

  /** Sets the name that is shown. */
  public CompletionStage<@Nullable Void> rename(long id, String name) {
    return change(
        Durability.SYNCED, name.length(), t -> t.torrents().change(id, o -> o.withName(name)));
  }

  /** Sets the folder of the data. */
  public CompletionStage<@Nullable Void> relocate(long id, String savePath) {
    return change(
        Durability.SYNCED,
        savePath.length(),
        t -> t.torrents().change(id, old -> old.withSavePath(savePath)));
  }

  /** Sets the options. */
  public CompletionStage<@Nullable Void> setOptions(long id, TorrentOptions options) {
    return changeOptions(id, old -> options);
  }

  /** Changes the options, whatever they are when it is this change's turn. */
  public CompletionStage<@Nullable Void> changeOptions(
      long id, UnaryOperator<TorrentOptions> change) {
    return changeTorrent(id, old -> old.withOptions(change.apply(old.options())));
  }

  /** Sets the priorities of files. */
  public CompletionStage<@Nullable Void> setPriorities(long id, FilePriorities priorities) {
    byte[] record = PrioritiesCodec.encode(priorities);
    return change(
        Durability.SYNCED,
        record.length,
        t -> {
          t.torrents().require(id);
          t.details().priorities(id, record);
        });
  }

  /** Sets the metadata of a torrent that was added as a magnet link. */
  public CompletionStage<@Nullable Void> setMetadata(
      long id, InfoHashes hashes, String name, Content content, Source.Metainfo metainfo) {
    return setMetadata(id, hashes, name, content, metainfo, FilePriorities.ORDINARY);
  }

  /** The same; the files have these priorities unless others were set. */
  public CompletionStage<@Nullable Void> setMetadata(
      long id,
      InfoHashes hashes,
      String name,
      Content content,
      Source.Metainfo metainfo,
      FilePriorities priorities) {
    Sizes.check(metainfo);
    byte[] record = PrioritiesCodec.encode(priorities);
    return change(
        Durability.SYNCED,
        metainfo.bytes().length + record.length,
        t -> {
          t.torrents().change(id, old -> old.withMetadata(hashes, name, content));
          t.details().source(id, metainfo);
          if (priorities.count() > 0) {
            t.details().firstPriorities(id, record);
          }
        });
  }

  /** Replaces the torrent file by one of the same torrent, such as one with piece layers. */
  public CompletionStage<@Nullable Void> replaceSource(long id, Source source) {
    Sizes.check(source);
    return change(
        Durability.SYNCED,
        Sizes.of(source),
        t -> {
          t.torrents().require(id);
          t.details().source(id, source);
        });
  }

  /** Sets a setting. Keys that this version does not know are kept. */
  public CompletionStage<@Nullable Void> set(String key, Setting setting) {
    if (key.isEmpty() || key.length() > Setting.MAX_KEY_CHARS) {
      throw new IllegalArgumentException("a key of " + key.length() + " characters");
    }
    return change(Durability.SYNCED, setting.text().length(), t -> t.common().set(key, setting));
  }

  /** Removes a setting. */
  public CompletionStage<@Nullable Void> unset(String key) {
    return change(Durability.SYNCED, 0, t -> t.common().unset(key));
  }

  /** Completes when all that was asked for before is synced. */
  public CompletionStage<@Nullable Void> sync() {
    return change(Durability.SYNCED, 0, t -> t.common().force());
  }

  // What the engine notes by itself: synced within two seconds.

  /**
   * Notes what is verified on the disk, with the counters of that moment. The data of all pieces in
   * {@code resume} have been synced. The journal forgets these pieces, and no other.
   */
  public CompletionStage<@Nullable Void> checkpoint(
      long id, Resume resume, Progress progress, Counters counters) {
    byte[] record = ResumeCodec.encode(resume);
    return change(
        Durability.HANDED_OVER,
        record.length,
        t -> {
          t.torrents().count(id, progress, counters);
          t.details().resume(id, record, resume.have());
        });
  }

  /** Notes the counters of a torrent. */
  public CompletionStage<@Nullable Void> count(long id, Progress progress, Counters counters) {
    return change(Durability.HANDED_OVER, 0, t -> t.torrents().count(id, progress, counters));
  }

  /**
   * Notes in the journal that a piece was written, so that it is verified at the next start if no
   * {@link #checkpoint} has it by then.
   */
  public CompletionStage<@Nullable Void> written(long id, int piece) {
    return change(
        Durability.HANDED_OVER,
        0,
        t -> {
          t.torrents().require(id);
          t.details().written(id, piece);
        });
  }

  /** Adds marks of a torrent, by which {@link StateReads#sharing} finds it. */
  public CompletionStage<@Nullable Void> mark(long id, List<Long> marks) {
    List<Long> all = List.copyOf(marks);
    return change(
        Durability.HANDED_OVER,
        (long) all.size() * Long.BYTES,
        t -> {
          t.torrents().require(id);
          t.marks().add(id, all);
        });
  }

  /**
   * Waits until there is room for changes, for those who make many. Not on a loop's thread and not
   * in a stage of this store.
   */
  public void awaitRoom() throws InterruptedException {
    writer.awaitRoom();
  }

  /** Where files are. */
  public StatePlaces places() {
    return places;
  }

  /** What is stored. */
  public StateReads reads() {
    return reads;
  }

  /**
   * Writes what waits, copies the database if it is small and was changed, marks the end as clean
   * and gives the folder back. A second call does nothing.
   *
   * @throws StateException when something could not be written; the folder is given back all the
   *     same, and the next start will check it
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      long now = System.currentTimeMillis();
      change(Durability.SYNCED, 0, t -> t.common().endRun(now));
      writer.close();
      copies.close();
      readers.close();
      if (!readers.sawDamage() && !writer.sawDamage()) {
        opening.mark().set();
      }
    } catch (IOException e) {
      throw new StateException(Kind.IO, "the state could not be closed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      readers.close();
      release(lock);
    }
  }

  private CompletionStage<@Nullable Void> change(
      Durability durability, long bytes, Changes.Change change) {
    return changes.offer(durability, WRITE_BYTES + bytes, change);
  }

  private static void closeQuietly(@Nullable Connection connection, SQLException cause) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void release(DirLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StateException(Kind.IO, "the lock could not be given back: " + e, e);
    }
  }
}
