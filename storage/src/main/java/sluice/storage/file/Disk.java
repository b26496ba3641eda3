package sluice.storage.file;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.Renaming;
import sluice.storage.pool.Workers;

/**
 * The threads and open files that all torrents share, and the maker of their {@link Storage}. Any
 * thread.
 *
 * <p>Reads, writes with their verification, checks, chores (probe, sync, close) and what may take
 * long (prepare, select, move, rename, delete) have threads of their own, so that a long check or a
 * slow sync never stands before a read.
 */
public final class Disk implements AutoCloseable {
  /** Operations that wait for one kind of threads; more are refused. */
  static final int MAX_QUEUED = 1 << 16;

  private final BlockPool pool;
  private final OpenFiles openFiles;
  private final Workers readers;
  private final Workers writers;
  private final Workers checkers;
  private final Workers chores;
  private final Workers movers;

  /** A disk whose reads fill blocks of {@code pool}. */
  public Disk(BlockPool pool, Config config) {
    this.pool = pool;
    openFiles = new OpenFiles(config.openFiles());
    readers = new Workers("sluice-read", config.readThreads(), MAX_QUEUED);
    writers = new Workers("sluice-write", config.hashThreads(), MAX_QUEUED);
    checkers = new Workers("sluice-check", config.hashThreads(), MAX_QUEUED);
    chores = new Workers("sluice-chore", 1, MAX_QUEUED);
    movers = new Workers("sluice-move", 1, MAX_QUEUED);
  }

  /**
   * The storage of a torrent at a place; nothing is opened or made yet.
   *
   * @param loop on which the storage is called and completes
   * @throws IllegalArgumentException when the place has paths that the torrent cannot have
   */
  public Storage open(Info info, Place place, Loop loop) {
    String name = info.hashes().best().hex();
    return open(info.files(), info.layout(), place, name, loop);
  }

  Storage open(List<FileEntry> files, PieceLayout layout, Place place, String name, Loop loop) {
    FilePlaces places = new FilePlaces(place.folder(), place.root());
    FilePlaces parts = place.partFolder().map(FilePlaces::new).orElse(places);
    List<FileEntry> entries =
        switch (Renaming.all(files, place.renamed())) {
          case Renaming.Result.Renamed renamed -> renamed.files();
          case Renaming.Result.Refused refused -> throw new IllegalArgumentException(refused.why());
        };
    Naming naming = new Naming(entries, places, parts, "." + name + ".parts");
    return new FileStorage(this, loop, new TorrentFiles(layout, naming, openFiles), files, place);
  }

  /** How much it does, and has done. */
  public DiskStatus status() {
    Map<DiskStatus.Operation, DiskStatus.Work> work = new EnumMap<>(DiskStatus.Operation.class);
    work.put(DiskStatus.Operation.READ, DiskStatus.Work.of(readers));
    work.put(DiskStatus.Operation.WRITE, DiskStatus.Work.of(writers));
    work.put(DiskStatus.Operation.CHECK, DiskStatus.Work.of(checkers));
    work.put(DiskStatus.Operation.SYNC, DiskStatus.Work.of(chores));
    work.put(DiskStatus.Operation.MOVE, DiskStatus.Work.of(movers));
    return new DiskStatus(work, openFiles.readBytes(), openFiles.writtenBytes());
  }

  /** Ends the threads once the queued work is done. Storages are closed before. */
  @Override
  public void close() {
    readers.close();
    writers.close();
    checkers.close();
    chores.close();
    movers.close();
  }

  BlockPool pool() {
    return pool;
  }

  Workers readers() {
    return readers;
  }

  Workers writers() {
    return writers;
  }

  Workers checkers() {
    return checkers;
  }

  Workers chores() {
    return chores;
  }

  Workers movers() {
    return movers;
  }

  int openFileCount() {
    return openFiles.size();
  }

  /**
   * Sizes of a disk.
   *
   * @param readThreads threads that read for peers
   * @param hashThreads threads that verify and write, and as many that check existing data
   * @param openFiles most files that are kept open
   */
  public record Config(int readThreads, int hashThreads, int openFiles) {
    public Config {
      if (readThreads < 1 || hashThreads < 1 || openFiles < 1) {
        throw new IllegalArgumentException("a disk needs threads and files");
      }
    }

    /** Two readers, a hashing thread for each core, 256 open files. */
    public static Config defaults() {
      return new Config(2, Runtime.getRuntime().availableProcessors(), 256);
    }
  }
}
