package sluice.storage.hashing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sluice.protocol.metainfo.Draft;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;

/** Makes a torrent of a file or a folder on disk. Blocks the calling thread; all cores hash. */
public final class TorrentMaker {
  private TorrentMaker() {}

  /** Is told how far the hashing is, on the thread that makes the torrent. */
  @FunctionalInterface
  public interface Progress {
    /** {@code done} of {@code total} bytes are hashed. */
    void hashed(long done, long total);
  }

  /** A torrent that was made. Immutable. */
  public static final class Made {
    private final byte[] bytes;
    private final Metainfo metainfo;
    private final List<String> warnings;

    private Made(byte[] bytes, Metainfo metainfo, List<String> warnings) {
      this.bytes = bytes;
      this.metainfo = metainfo;
      this.warnings = List.copyOf(warnings);
    }

    /** A copy of the bytes of the torrent file. */
    public byte[] bytes() {
      return bytes.clone();
    }

    /** What a reader sees in it. */
    public Metainfo metainfo() {
      return metainfo;
    }

    /** What was left out, and names that clients will change; one line each. */
    public List<String> warnings() {
      return warnings;
    }
  }

  /**
   * Makes a torrent of {@code source}, called as the file or folder is called.
   *
   * @param options sets version, piece length, trackers and so on; files are added already
   * @throws SourceException when that is not possible
   */
  public static Made make(Path source, Consumer<MetainfoBuilder> options, Progress progress)
      throws SourceException, InterruptedException {
    Path given = source.toAbsolutePath().normalize();
    Path name = given.getFileName();
    if (name == null) {
      throw new SourceException(given + " has no name that a torrent could have");
    }
    try {
      Path real = given.toRealPath();
      List<String> warnings = new ArrayList<>();
      Draft draft = draft(given, TreeWalk.text(name), options, warnings);
      new HashRun(draft, paths(draft, real)).run(progress);
      return readBack(draft, warnings);
    } catch (NoSuchFileException e) {
      throw new SourceException(e.getFile() + ": no such file or folder");
    } catch (AccessDeniedException e) {
      throw new SourceException(e.getFile() + ": permission denied");
    } catch (IOException e) {
      throw new SourceException("cannot read " + given + ": " + e.getMessage());
    } catch (InvalidPathException e) {
      throw new SourceException(e.getInput() + ": cannot be used as a file name here");
    }
  }

  private static Draft draft(
      Path given, String name, Consumer<MetainfoBuilder> options, List<String> warnings)
      throws SourceException, IOException {
    try {
      MetainfoBuilder builder;
      if (Files.isDirectory(given)) {
        builder = MetainfoBuilder.ofFolder(name);
        warnings.addAll(TreeWalk.into(builder, given));
      } else if (Files.isRegularFile(given)) {
        builder = MetainfoBuilder.ofFile(name, Files.size(given));
      } else {
        throw new SourceException(given + " is neither a file nor a folder");
      }
      options.accept(builder);
      return builder.draft();
    } catch (IllegalArgumentException e) {
      throw new SourceException("no torrent can be made of " + given + ": " + e.getMessage());
    }
  }

  /** Where the files of the draft are; its first path element stands for {@code real} itself. */
  private static List<Path> paths(Draft draft, Path real) {
    List<Path> paths = new ArrayList<>(draft.files().size());
    for (FileEntry entry : draft.files()) {
      Path path = real;
      for (String element : entry.path().subList(1, entry.path().size())) {
        path = path.resolve(element);
      }
      paths.add(path);
    }
    return paths;
  }

  /** What readers will see: the proof that the torrent is good, and the names that they change. */
  private static Made readBack(Draft draft, List<String> warnings) throws SourceException {
    byte[] bytes = draft.build();
    try {
      Metainfo metainfo = MetainfoParser.parse(bytes);
      List<FileEntry> read = metainfo.info().files().stream().filter(f -> !f.isPad()).toList();
      List<FileEntry> meant = draft.files().stream().filter(f -> !f.isPad()).toList();
      for (int i = 0; i < Math.min(read.size(), meant.size()); i++) {
        if (!read.get(i).path().equals(meant.get(i).path())) {
          warnings.add(shown(meant.get(i)) + ": clients will call it " + shown(read.get(i)));
        }
      }
      warnings.addAll(metainfo.softErrors());
      return new Made(bytes, metainfo, warnings);
    } catch (MetainfoException e) {
      throw new SourceException("clients would refuse the torrent: " + e.getMessage());
    }
  }

  private static String shown(FileEntry entry) {
    return String.join("/", entry.path());
  }
}
