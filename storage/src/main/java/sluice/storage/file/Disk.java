package sluice.storage.file;

import java.nio.file.Path;
import java.util.List;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.Workers;

/**
 * The threads and open files that all torrents share, and the maker of their {@link Storage}. Any
 * thread.
 *
 * <p>Reads, writes with their verification, checks and chores (prepare, sync, close) have threads
 * of their own, so that a long check or a slow sync never stands before a read.
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

  /** A disk whose reads fill blocks of {@code pool}. */
  public Disk(BlockPool pool, Config config) {
    this.pool = pool;
    openFiles = new OpenFiles(config.openFiles());
    readers = new Workers("sluice-read", config.readThreads(), MAX_QUEUED);
    writers = new Workers("sluice-write", config.hashThreads(), MAX_QUEUED);
    checkers = new Workers("sluice-check", config.hashThreads(), MAX_QUEUED);
    chores = new Workers("sluice-chore", 1, MAX_QUEUED);
  }

  /**
   * The storage of a torrent; nothing is opened or made yet.
   *
   * @param files in torrent order, as {@code layout} was made of
   * @param folder below which the paths of the files lie
   * @param loop on which the storage is called and completes
   */
  public Storage open(List<FileEntry> files, PieceLayout layout, Path folder, Loop loop) {
    return new FileStorage(
        this, loop, new TorrentFiles(files, layout, new FilePlaces(folder), openFiles));
  }

  /** Ends the threads once the queued work is done. Storages are closed before. */
  @Override
  public void close() {
    readers.close();
    writers.close();
    checkers.close();
    chores.close();
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
