package sluice.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The files of this repository as they are on disk, without what the build makes. */
final class Repository {
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", ".idea", ".vscode", "node_modules");
  private static final Set<String> TEXT =
      Set.of("java", "xml", "md", "sh", "py", "txt", "tsv", "json", "properties", "toml", "yml");

  private Repository() {}

  /** The root folder: the nearest one above the working folder that has the licence in it. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started inside the repository");
      }
    }
    return folder;
  }

  /** All Java files, sorted. */
  static List<Path> javaFiles() {
    return files().stream().filter(f -> f.toString().endsWith(".java")).toList();
  }

  /** All files that people read and write: sources, pages, scripts and configuration; sorted. */
  static List<Path> textFiles() {
    return files().stream().filter(Repository::isText).toList();
  }

  /** The text of {@code file}. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? !name.startsWith("hs_err") : TEXT.contains(name.substring(dot + 1));
  }

  static List<Path> files() {
    List<Path> all = new ArrayList<>();
    try {
      Files.walkFileTree(
          root(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return SKIPPED.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!SKIPPED.contains(file.getFileName().toString())) {
                all.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(all);
    return all;
  }
}
