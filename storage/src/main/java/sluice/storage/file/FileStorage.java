package sluice.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.IntFunction;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Running;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.Renaming;
import sluice.storage.pool.Scratch;
import sluice.storage.pool.Workers;

/**
 * A torrent on real files. Its methods and its fields belong to the loop; work goes to the disk's
 * threads as {@link Jobs}.
 */
final class FileStorage implements Storage {
  private final Disk disk;
  private final Loop loop;
  private final Completions completions;
  private final TorrentFiles files;
  private final PieceWork pieces;
  private final Jobs jobs;
  private final List<FileEntry> original;
  private final Place place;
  private final List<CheckRun> checks = new ArrayList<>(1);
  private boolean prepared;

  FileStorage(Disk disk, Loop loop, TorrentFiles files, List<FileEntry> original, Place place) {
    this.original = original;
    this.place = place;
    this.disk = disk;
    this.loop = loop;
    this.completions = new Completions(loop);
    this.jobs = new Jobs(disk, loop, completions, place.folder());
    this.files = files;
    this.pieces = new PieceWork(files);
  }

  @Override
  public void read(List<Slice> slices, ReadHandler handler) {
    for (Slice slice : slices) {
      if (!files.layout().isRequest(slice.piece(), slice.begin(), slice.length())) {
        throw new IllegalArgumentException("not a part of the torrent: " + slice);
      }
    }
    ReadWork work = new ReadWork(files, disk.pool(), List.copyOf(slices));
    jobs.start(
        disk.readers(),
        List.of(),
        scratch -> {
          List<List<Block>> blocks = work.run(scratch);
          return () -> handler.onRead(blocks);
        },
        handler::onFault,
        () -> {});
  }

  @Override
  public void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    PieceLayout layout = files.layout();
    if (blocks.size() != layout.blockCount(piece)) {
      throw new IllegalArgumentException(
          "piece " + piece + " has " + layout.blockCount(piece) + " blocks, not " + blocks.size());
    }
    List<Block> all = List.copyOf(blocks);
    jobs.write(
        all,
        scratch -> {
          if (!pieces.isGood(scratch, piece, all, expected)) {
            List<Long> digests = pieces.digests(scratch, piece, 0, all);
            if (isReparable(all, expected)) {
              pieces.write(piece, 0, all);
            }
            return () -> handler.onBad(digests);
          }
          pieces.write(piece, 0, all);
          return handler::onGood;
        },
        handler::onFault);
  }

  /** Whether peers can tell which blocks of a wrong piece are wrong. */
  private static boolean isReparable(List<Block> blocks, PieceHash expected) {
    return blocks.size() > 1 && expected.v2().isPresent();
  }

  @Override
  public void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler) {
    if (blocks.isEmpty() || firstBlock + blocks.size() > files.layout().blockCount(piece)) {
      throw new IllegalArgumentException("no such blocks of piece " + piece);
    }
    List<Block> some = List.copyOf(blocks);
    jobs.write(
        some,
        scratch -> {
          List<Long> digests = pieces.digests(scratch, piece, firstBlock, some);
          pieces.write(piece, firstBlock, some);
          return () -> handler.onSpilled(digests);
        },
        handler::onFault);
  }

  @Override
  public void verify(int piece, PieceHash expected, CommitHandler handler) {
    jobs.start(
        disk.writers(),
        List.of(),
        scratch -> {
          if (pieces.isRightOnDisk(scratch, piece, expected, () -> false)) {
            return handler::onGood;
          }
          List<Long> digests = pieces.digestsOnDisk(scratch, piece);
          return () -> handler.onBad(digests);
        },
        handler::onFault,
        () -> {});
  }

  @Override
  public Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
    assert loop.isCurrent();
    Workers workers = disk.checkers();
    CheckRun run =
        new CheckRun(
            files, (BitSet) which.clone(), expected, handler, completions, workers.count());
    checks.add(run);
    for (int i = 0; i < workers.count(); i++) {
      run.join();
      jobs.start(
          workers,
          List.of(),
          scratch -> run.run(scratch) ? () -> endCheck(run) : () -> {},
          fault -> {
            run.fail(fault);
            if (run.leave()) {
              endCheck(run);
            }
          },
          () -> {});
    }
    return run;
  }

  @Override
  public void leaves(int piece, LeavesHandler handler) {
    jobs.start(
        disk.checkers(),
        List.of(),
        scratch -> {
          byte[] leaves = pieces.leavesOnDisk(scratch, piece);
          return () -> handler.onLeaves(leaves);
        },
        handler::onFault,
        () -> {});
  }

  @Override
  public Running prepare(DoneHandler handler) {
    prepared = true;
    return jobs.change((scratch, cancelled) -> make(scratch, cancelled, handler), handler::onFault);
  }

  private Runnable make(Scratch scratch, AtomicBoolean cancelled, DoneHandler handler)
      throws IOException {
    new Preparation(files).run();
    if (place.allocation() == Place.Allocation.FULL) {
      new Allocation(files, cancelled).run(scratch);
    }
    return handler::onDone;
  }

  @Override
  public void select(BitSet wantedFiles, DoneHandler handler) {
    BitSet wanted = (BitSet) wantedFiles.clone();
    jobs.change(
        (scratch, cancelled) -> {
          files.selection().become(wanted);
          return prepared ? make(scratch, cancelled, handler) : handler::onDone;
        },
        handler::onFault);
  }

  @Override
  public void probe(ProbeHandler handler) {
    jobs.start(
        disk.chores(),
        List.of(),
        scratch -> {
          Presence found = Look.at(files.naming());
          return () -> handler.onPresence(found);
        },
        handler::onFault,
        () -> {});
  }

  @Override
  public void sync(DoneHandler handler) {
    jobs.start(
        disk.chores(),
        List.of(),
        scratch -> {
          files.sync();
          return handler::onDone;
        },
        handler::onFault,
        () -> {});
  }

  @Override
  public Running move(String folder, MoveHandler handler) {
    return jobs.change(
        (scratch, cancelled) -> {
          Naming from = files.naming();
          Naming to = from.places(new FilePlaces(Path.of(folder)));
          AtomicLong total = new AtomicLong();
          Relocator relocator =
              new Relocator(
                  from,
                  to,
                  cancelled,
                  moved -> completions.post(() -> handler.onProgress(moved, total.get())));
          total.set(relocate(relocator, scratch, to));
          if (prepared) {
            new Preparation(files).run();
          }
          return () -> handler.onMoved(deleted -> leave(relocator, deleted));
        },
        handler::onFault);
  }

  @Override
  public void find(String folder, DoneHandler handler) {
    jobs.change(
        (scratch, cancelled) -> {
          Path there = Path.of(folder);
          if (!Files.isDirectory(there)) {
            throw new FaultException(Fault.Kind.ABSENT, there + ": there is no such folder");
          }
          Lock lock = files.shape().writeLock();
          lock.lock();
          try {
            files.forget();
            files.become(files.naming().places(new FilePlaces(there)));
          } finally {
            lock.unlock();
          }
          return handler::onDone;
        },
        handler::onFault);
  }

  private void leave(Relocator relocator, DoneHandler handler) {
    jobs.change(
        (scratch, cancelled) -> {
          relocator.leave();
          return handler::onDone;
        },
        handler::onFault);
  }

  private long relocate(Relocator relocator, Scratch scratch, Naming to) throws IOException {
    files.sync();
    long total = relocator.plan(place.recovering());
    to.places().makeFolder();
    relocator.run(scratch);
    Lock lock = files.shape().writeLock();
    lock.lock();
    try {
      files.become(to);
    } finally {
      lock.unlock();
    }
    return total;
  }

  @Override
  public void renameFile(int file, List<String> path, DoneHandler handler) {
    List<String> wanted = List.copyOf(path);
    rename(entries -> Renaming.file(entries, file, wanted), handler);
  }

  @Override
  public void renameFolder(List<String> from, List<String> to, DoneHandler handler) {
    List<String> old = List.copyOf(from);
    List<String> wanted = List.copyOf(to);
    rename(entries -> Renaming.folder(entries, old, wanted), handler);
  }

  private void rename(Function<List<FileEntry>, Renaming.Result> renaming, DoneHandler handler) {
    jobs.change(
        (scratch, cancelled) -> {
          Naming from = files.naming();
          switch (renaming.apply(from.entries())) {
            case Renaming.Result.Refused refused ->
                throw new FaultException(Fault.Kind.NO_PERMISSION, refused.why());
            case Renaming.Result.Renamed renamed -> {
              Naming to = from.entries(renamed.files());
              Relocator relocator = new Relocator(from, to, cancelled, moved -> {});
              relocate(relocator, scratch, to);
              relocator.leave();
            }
          }
          return handler::onDone;
        },
        handler::onFault);
  }

  @Override
  public Map<Integer, List<String>> renamed() {
    Map<Integer, List<String>> paths = new TreeMap<>();
    List<FileEntry> entries = files.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).path().equals(original.get(i).path())) {
        paths.put(i, entries.get(i).path());
      }
    }
    return paths;
  }

  @Override
  public List<String> paths() {
    Naming naming = files.naming();
    return naming.entries().stream()
        .map(e -> naming.places().shown(e).normalize().toString())
        .toList();
  }

  @Override
  public void delete(DoneHandler handler) {
    jobs.change(
        (scratch, cancelled) -> {
          files.forget();
          new Deletion(files.naming()).run();
          return handler::onDone;
        },
        handler::onFault);
  }

  @Override
  public void close(DoneHandler handler) {
    assert loop.isCurrent();
    checks.forEach(CheckRun::cancel);
    jobs.close(
        scratch -> {
          try {
            files.sync();
          } finally {
            files.close();
          }
          return handler::onDone;
        },
        handler::onFault);
  }

  private void endCheck(CheckRun run) {
    checks.remove(run);
    run.tellEnd();
  }
}
