package sluice.storage.hashing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import sluice.protocol.metainfo.MetainfoBuilder;

/**
 * Lists a folder for a torrent. Links are never followed: one that leads to something inside the
 * folder becomes a link of the torrent, others are left out and told as a warning, as is everything
 * that is neither file nor folder. One thread.
 */
final class TreeWalk extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Path realRoot;
  private final MetainfoBuilder builder;
  private final List<String> warnings = new ArrayList<>();

  private TreeWalk(Path root, MetainfoBuilder builder) throws IOException {
    this.root = root;
    this.realRoot = root.toRealPath();
    this.builder = builder;
  }

  /** Adds what is below {@code root} to {@code builder}; gives the warnings. */
  static List<String> into(MetainfoBuilder builder, Path root) throws IOException {
    TreeWalk walk = new TreeWalk(root, builder);
    Files.walkFileTree(walk.realRoot, walk);
    return walk.warnings;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
    List<String> elements = elements(path);
    if (attributes.isSymbolicLink()) {
      link(path, elements);
    } else if (!attributes.isRegularFile()) {
      warnings.add(shown(elements) + ": left out, it is not a file");
    } else if (isExecutable(path)) {
      builder.executable(elements, attributes.size());
    } else {
      builder.file(elements, attributes.size());
    }
    return FileVisitResult.CONTINUE;
  }

  private void link(Path path, List<String> elements) {
    try {
      Path target = path.toRealPath();
      if (target.startsWith(realRoot) && !target.equals(realRoot)) {
        builder.symlink(elements, elements(target));
        return;
      }
      warnings.add(shown(elements) + ": left out, the link leads out of the folder");
    } catch (IOException dangling) {
      warnings.add(shown(elements) + ": left out, the link leads nowhere");
    }
  }

  private static boolean isExecutable(Path path) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private Path shown(List<String> elements) {
    return root.resolve(String.join("/", elements));
  }

  private List<String> elements(Path path) throws IOException {
    List<String> elements = new ArrayList<>();
    for (Path element : realRoot.relativize(path)) {
      elements.add(text(element));
    }
    return elements;
  }

  /** The name as text, which must name the same file again. */
  static String text(Path element) throws IOException {
    String text = element.toString();
    if (text.indexOf('\uFFFD') >= 0 || !element.equals(element.getFileSystem().getPath(text))) {
      throw new IOException("the file name " + text + " is not valid text");
    }
    return text;
  }
}
