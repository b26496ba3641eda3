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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import sluice.engine.port.Fault;
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

  FilePlaces(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** The torrent's folder. */
  Path folder() {
    return folder;
  }

  /** The name of an entry for people; it may not exist. */
  Path shown(FileEntry entry) {
    return folder.resolve(String.join("/", entry.path()));
  }

  /** Bytes of the regular file of {@code entry}, or -1 when there is none. */
  long size(FileEntry entry) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(
              existing(entry.path()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? found.size() : -1;
    } catch (IOException e) {
      if (Faults.of(e, shown(entry)).kind() == Fault.Kind.MISSING) {
        return -1;
      }
      throw e;
    }
  }

  /** Opens the file of {@code entry}, which exists. */
  FileChannel openToRead(FileEntry entry) throws IOException {
    Path path = existing(entry.path());
    requireRegular(path);
    return FileChannel.open(path, READ);
  }

  /** Opens the file of {@code entry}; makes it, and folders on the way, when they are missing. */
  FileChannel openToWrite(FileEntry entry) throws IOException {
    Path path = made(entry.path());
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireRegular(path);
    }
    boolean executable =
        entry.attributes().contains(Attribute.EXECUTABLE)
            && folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        executable
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(path, WRITE, attributes);
  }

  /** The path of an existing entry's elements through its real parent. */
  Path existing(List<String> elements) throws IOException {
    requireSafe(elements);
    Path root = folder.toRealPath();
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
    Path root = folder.toRealPath();
    Path parent = root;
    for (String element : elements.subList(0, elements.size() - 1)) {
      parent = folderIn(root, parent.resolve(element));
    }
    return parent.resolve(elements.getLast());
  }

  /** The path of the elements below the real folder, without looking at what is there. */
  Path target(List<String> elements) throws IOException {
    requireSafe(elements);
    Path path = folder.toRealPath();
    for (String element : elements) {
      path = path.resolve(element);
    }
    return path;
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
