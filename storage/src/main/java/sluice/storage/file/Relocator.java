package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.FileEntry;
import sluice.storage.pool.Scratch;

/**
 * Brings files of a torrent to other paths: by a second name where the file system has them, else
 * by a copy that is forced. The old files stay until {@link #leave}, so that at every moment one of
 * the places is whole. Belongs to one worker; any thread may give it up.
 *
 * <p>What is at a new path is taken for the torrent's only if it is the same file, or a copy with
 * the same size and time, as an interrupted run of this class leaves it.
 */
final class Relocator {
  private final Naming from;
  private final Naming to;
  private final AtomicBoolean cancelled;
  private final LongConsumer progress;
  private final List<Step> steps = new ArrayList<>();
  private final List<Path> made = new ArrayList<>();

  /** New to old path of what could only be renamed. */
  private final Map<Path, Path> renamed = new LinkedHashMap<>();

  private long movedBytes;

  Relocator(Naming from, Naming to, AtomicBoolean cancelled, LongConsumer progress) {
    this.from = from;
    this.to = to;
    this.cancelled = cancelled;
    this.progress = progress;
  }

  /** Finds what is to be moved; fails when something is in the way. */
  long plan(boolean recovering) throws IOException {
    long total = 0;
    for (int i = 0; i <= from.partFile(); i++) {
      boolean part = i == from.partFile();
      FilePlaces old = part ? from.partPlaces() : from.places();
      FilePlaces next = part ? to.partPlaces() : to.places();
      List<String> path = part ? from.partPath() : from.entries().get(i).path();
      List<String> goal = part ? to.partPath() : to.entries().get(i).path();
      boolean stays = old.equals(next) && path.equals(goal);
      if (stays || (!part && from.entries().get(i).isPad())) {
        continue;
      }
      Optional<BasicFileAttributes> found = old.found(path);
      if (found.isPresent()) {
        Step step = new Step(old, path, next, goal, found.get().size());
        requireFree(step, found.get());
        steps.add(step);
        total += step.bytes();
      } else if (!recovering && next.isPresent() && next.found(goal).isPresent()) {
        throw occupied(next.existing(goal));
      }
    }
    return total;
  }

  private static void requireFree(Step step, BasicFileAttributes source) throws IOException {
    if (!step.next().isPresent()) {
      return;
    }
    Path goal;
    try {
      goal = step.next().existing(step.goal());
    } catch (NoSuchFileException free) {
      return;
    }
    if (!Files.exists(goal, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes there =
        Files.readAttributes(goal, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean ours =
        isSame(source, there)
            || (there.isRegularFile()
                && there.size() == source.size()
                && there.lastModifiedTime().equals(source.lastModifiedTime()));
    if (!ours) {
      throw occupied(goal);
    }
  }

  private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
    return one.fileKey() != null && one.fileKey().equals(other.fileKey());
  }

  private static FaultException occupied(Path goal) {
    return new FaultException(Fault.Kind.OCCUPIED, goal + ": is there and not the torrent's");
  }

  /** Makes everything at the new paths; takes it back when that fails. */
  void run(Scratch scratch) throws IOException {
    boolean done = false;
    try {
      Set<Path> folders = new LinkedHashSet<>();
      for (Step step : steps) {
        Path goal = bring(scratch, step);
        folders.add(goal);
        progress.accept(movedBytes);
      }
      for (Path file : folders) {
        FilePlaces.forceFolderOf(file);
      }
      done = true;
    } finally {
      if (!done) {
        takeBack();
      }
    }
  }

  private void takeBack() throws IOException {
    for (Path file : made) {
      Files.deleteIfExists(file);
    }
    for (Map.Entry<Path, Path> one : renamed.entrySet()) {
      Files.move(one.getKey(), one.getValue());
    }
    Set<List<String>> folders = new LinkedHashSet<>();
    steps.forEach(step -> folders.add(step.goal().subList(0, step.goal().size() - 1)));
    removeEmpty(to.places(), folders);
  }

  private Path bring(Scratch scratch, Step step) throws IOException {
    Path source = step.old().existing(step.path());
    Path goal = step.next().made(step.goal());
    if (Files.exists(goal, LinkOption.NOFOLLOW_LINKS)) {
      if (!source.equals(goal) && isOneName(source, goal)) {
        Files.move(source, goal, StandardCopyOption.ATOMIC_MOVE);
      }
      movedBytes += step.bytes();
      return goal;
    }
    try {
      Files.createLink(goal, source);
      made.add(goal);
      movedBytes += step.bytes();
    } catch (IOException | UnsupportedOperationException noSecondName) {
      if (step.old().equals(step.next())) {
        Files.move(source, goal);
        renamed.put(goal, source);
        movedBytes += step.bytes();
      } else {
        copy(scratch, source, goal, step);
      }
    }
    return goal;
  }

  /** Whether both paths lead to one name, as without regard to case or by a mount. */
  private static boolean isOneName(Path source, Path goal) throws IOException {
    if (!Files.isSameFile(source, goal)) {
      return false;
    }
    boolean counts = source.getFileSystem().supportedFileAttributeViews().contains("unix");
    return !counts
        || (Integer) Files.getAttribute(source, "unix:nlink", LinkOption.NOFOLLOW_LINKS) == 1
        || (source.endsWith(goal.getFileName()) && isSameFolder(source, goal));
  }

  private static boolean isSameFolder(Path one, Path other) throws IOException {
    Path folder = one.getParent();
    Path otherFolder = other.getParent();
    return folder != null && otherFolder != null && Files.isSameFile(folder, otherFolder);
  }

  private void copy(Scratch scratch, Path source, Path goal, Step step) throws IOException {
    List<String> beside = to.unfinished(step.goal(), from.partFile());
    Path unfinished = step.next().made(beside);
    Files.deleteIfExists(unfinished);
    made.add(unfinished);
    try (FileChannel in =
            FileChannel.open(source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out = step.next().openToWrite(beside)) {
      ByteBuffer stage = scratch.stage();
      for (long at = 0; in.read(stage, at) > 0; stage.clear()) {
        if (cancelled.get()) {
          throw new FaultException(Fault.Kind.CANCELLED, goal + ": the move was given up");
        }
        stage.flip();
        int count = stage.remaining();
        while (stage.hasRemaining()) {
          out.write(stage, at + stage.position());
        }
        at += count;
        movedBytes += count;
        progress.accept(movedBytes);
      }
      out.force(true);
    } catch (IOException e) {
      throw new FaultException(Faults.ofWrite(e, unfinished));
    }
    BasicFileAttributes times =
        Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Files.getFileAttributeView(unfinished, BasicFileAttributeView.class)
        .setTimes(times.lastModifiedTime(), null, null);
    Files.move(unfinished, goal);
    made.add(goal);
  }

  /** Deletes the old names, then old folders that are empty. */
  void leave() throws IOException {
    Set<List<String>> folders = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step.old().found(step.path()).isPresent() && step.next().found(step.goal()).isPresent()) {
        Path source = step.old().existing(step.path());
        if (!isOneName(source, step.next().existing(step.goal()))) {
          Files.delete(source);
        }
      }
      folders.add(step.path().subList(0, step.path().size() - 1));
    }
    if (!from.places().equals(to.places())) {
      leaveLinks(folders);
    }
    removeEmpty(from.places(), folders);
  }

  private void leaveLinks(Set<List<String>> folders) throws IOException {
    for (FileEntry entry : from.entries()) {
      if (!entry.isPad()) {
        boolean link = entry.attributes().contains(FileEntry.Attribute.SYMLINK);
        if (link && !isHere()) {
          Deletion.delete(from.places(), entry.path(), true);
        }
        folders.add(entry.path().subList(0, entry.path().size() - 1));
      }
    }
  }

  /** Whether both places are the same folder. */
  private boolean isHere() throws IOException {
    return from.places().identity().equals(to.places().identity());
  }

  /** Deletes those folders, and the ones above them below the torrent's, that are empty. */
  static void removeEmpty(FilePlaces places, Set<List<String>> folders) throws IOException {
    for (List<String> folder : folders) {
      int n = folder.size();
      while (n > 0 && isRemoved(places, folder.subList(0, n))) {
        n--;
      }
    }
  }

  /** Whether the folder is gone afterwards. */
  private static boolean isRemoved(FilePlaces places, List<String> folder) throws IOException {
    try {
      Path path = places.existing(folder);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      }
      Files.delete(path);
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (DirectoryNotEmptyException kept) {
      return false;
    }
  }

  /** One file from a path to another. */
  private record Step(
      FilePlaces old, List<String> path, FilePlaces next, List<String> goal, long bytes) {}
}
