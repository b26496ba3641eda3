package sluice.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.engine.port.Fault;
import sluice.engine.port.RootIdentity;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.FileEntry.Attribute;

/**
 * Where the files of a torrent are, below one folder. Any thread.
 *
 * <p>The real parent of everything that is opened or made lies inside the real folder, and the last
 * element is never a link that is followed: a link that somebody planted leads nowhere.
 */
final class FilePlaces {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> WRITE =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path folder;

  /** What the folder must be; empty as long as nobody said and nothing in it was used. */
  private volatile Optional<RootIdentity> known;

  FilePlaces(Path folder, Optional<RootIdentity> known) {
    this.folder = folder.toAbsolutePath();
    this.known = known;
  }

  FilePlaces(Path folder) {
    this(folder, Optional.empty());
  }

  /** The torrent's folder. */
  Path folder() {
    return folder;
  }

  /** Makes the folder, unless it must be one that was there. */
  void makeFolder() throws IOException {
    if (known.isEmpty()) {
      Files.createDirectories(folder);
    }
    root();
  }

  /** What the folder is; empty when there is none. */
  Optional<RootIdentity> identity() throws IOException {
    return identityOf(folder);
  }

  /** What {@code folder} is; empty when there is none. */
  static Optional<RootIdentity> identityOf(Path folder) throws IOException {
    try {
      return Optional.of(identity(folder.toRealPath()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the folder is there and the one that it must be. */
  boolean isPresent() throws IOException {
    return isPresent(identity());
  }

  /** The same, if {@code found} is what {@link #identity} told. */
  boolean isPresent(Optional<RootIdentity> found) {
    return found.isPresent() && (known.isEmpty() || known.equals(found));
  }

  /** Fails when the folder must be one that was there and is not. */
  void requireKnown() throws IOException {
    if (known.isPresent()) {
      root();
    }
  }

  private static RootIdentity identity(Path real) throws IOException {
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return new RootIdentity(key == null ? Files.getFileStore(real).toString() : key.toString());
  }

  /** The real folder. */
  private Path root() throws IOException {
    Path real;
    try {
      real = folder.toRealPath();
    } catch (NoSuchFileException e) {
      throw known.isPresent() ? absent(": is not there") : e;
    }
    RootIdentity found = identity(real);
    if (known.isPresent() && !known.get().equals(found)) {
      throw absent(": another folder than before, its disk may not be mounted");
    }
    known = Optional.of(found);
    return real;
  }

  private FaultException absent(String why) {
    return new FaultException(Fault.Kind.ABSENT, folder + why);
  }

  /** The name of an entry for people; it may not exist. */
  Path shown(FileEntry entry) {
    return folder.resolve(String.join("/", entry.path()));
  }

  /** Bytes of the regular file of {@code entry}, or -1 when there is none. */
  long size(FileEntry entry) throws IOException {
    return found(entry.path()).map(BasicFileAttributes::size).orElse(-1L);
  }

  /** The attributes of the regular file at {@code path}; empty when there is none. */
  Optional<BasicFileAttributes> found(List<String> path) throws IOException {
    try {
      return Optional.of(
              Files.readAttributes(
                  existing(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
          .filter(BasicFileAttributes::isRegularFile);
    } catch (IOException e) {
      if (Faults.of(e, folder).kind() == Fault.Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Opens the file at {@code elements}, which exists. */
  FileChannel openToRead(List<String> elements) throws IOException {
    Path path = existing(elements);
    requireRegular(path);
    return FileChannel.open(path, READ);
  }

  /** Opens the file of {@code entry}; makes it, and folders on the way, when they are missing. */
  FileChannel openToWrite(FileEntry entry) throws IOException {
    FileChannel channel = openToWrite(entry.path());
    try {
      if (entry.attributes().contains(Attribute.EXECUTABLE)) {
        setExecutable(entry, existing(entry.path()));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  /** Opens the file at {@code elements}; makes it, and folders on the way. */
  FileChannel openToWrite(List<String> elements) throws IOException {
    Path path = made(elements);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireRegular(path);
    }
    return FileChannel.open(path, WRITE);
  }

  /** Lets the file of an entry with that attribute be run by those who may read it (BEP 47). */
  static void setExecutable(FileEntry entry, Path path) throws IOException {
    if (!entry.attributes().contains(Attribute.EXECUTABLE)) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> may = EnumSet.noneOf(PosixFilePermission.class);
    may.addAll(view.readAttributes().permissions());
    boolean changed = may.add(PosixFilePermission.OWNER_EXECUTE);
    if (may.contains(PosixFilePermission.GROUP_READ)) {
      changed |= may.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (may.contains(PosixFilePermission.OTHERS_READ)) {
      changed |= may.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    if (changed) {
      view.setPermissions(may);
    }
  }

  /** The path of an existing entry's elements through its real parent. */
  Path existing(List<String> elements) throws IOException {
    requireSafe(elements);
    Path root = root();
    Path parent = root;
    for (String element : elements.subList(0, elements.size() - 1)) {
      parent = parent.resolve(element);
    }
    parent = parent.toRealPath();
    requireInside(root, parent);
    return parent.resolve(elements.getLast());
  }

  /** The path of the elements, with all folders on the way to the last one made. */
  Path made(List<String> elements) throws IOException {
    requireSafe(elements);
    Path root = root();
    Path parent = root;
    for (String element : elements.subList(0, elements.size() - 1)) {
      parent = folderIn(root, parent.resolve(element));
    }
    return parent.resolve(elements.getLast());
  }

  /** The path of the elements below the real folder, without looking at what is there. */
  Path target(List<String> elements) throws IOException {
    requireSafe(elements);
    Path path = root();
    for (String element : elements) {
      path = path.resolve(element);
    }
    return path;
  }

  /** Forces the name of {@code file} to the device, where folders can be opened. */
  static void forceFolderOf(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null || !parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static Path folderIn(Path root, Path wanted) throws IOException {
    try {
      return Files.createDirectory(wanted);
    } catch (FileAlreadyExistsException there) {
      Path real = wanted.toRealPath();
      requireInside(root, real);
      if (!Files.isDirectory(real)) {
        throw new FaultException(Fault.Kind.NO_PERMISSION, wanted + ": not a folder");
      }
      return real;
    }
  }

  private static void requireInside(Path root, Path real) throws FaultException {
    if (!real.startsWith(root)) {
      throw new FaultException(
          Fault.Kind.NO_PERMISSION, real + ": reached through a link out of " + root);
    }
  }

  private static void requireRegular(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new FaultException(
          Fault.Kind.NO_PERMISSION,
          path + (found.isSymbolicLink() ? ": is a link and not followed" : ": not a file"));
    }
  }

  /** Entries are sanitised where they are parsed; this stands between a slip there and the disk. */
  private void requireSafe(List<String> elements) throws IOException {
    if (elements.isEmpty()) {
      throw new NoSuchFileException(folder.toString());
    }
    for (String element : elements) {
      boolean plain =
          !element.isEmpty()
              && !element.equals(".")
              && !element.equals("..")
              && element.indexOf('/') < 0
              && folder.getFileSystem().getPath(element).getNameCount() == 1
              && !folder.getFileSystem().getPath(element).isAbsolute();
      if (!plain) {
        throw new FaultException(Fault.Kind.NO_PERMISSION, "unsafe file name: " + elements);
      }
    }
  }
}
