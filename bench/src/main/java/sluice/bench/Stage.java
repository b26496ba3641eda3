package sluice.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The folder in memory in which everything is measured: content, torrent, target. */
final class Stage implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path root;
  private final Path folder;
  private final Carrier carrier;

  private Stage(Path root, Path folder, Carrier carrier) {
    this.root = root;
    this.folder = folder;
    this.carrier = carrier;
  }

  /** Makes one file of {@code bytes} and its v1 torrent below {@code parent}. */
  static Stage set(Path root, Path parent, long bytes, int pieceBytes, Carrier carrier)
      throws IOException {
    Stage stage = new Stage(root, Files.createTempDirectory(parent, "sluice-bench"), carrier);
    Files.createDirectories(stage.data());
    Path file = stage.content();
    byte[] chunk = new byte[CHUNK_BYTES];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= CHUNK_BYTES) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, CHUNK_BYTES));
      }
    }
    List<String> command =
        List.of(
            "/usr/bin/python3",
            Contender.script(root).toString(),
            "create",
            file.toString(),
            stage.torrent().toString(),
            "--v1",
            "--piece-size",
            Integer.toString(pieceBytes));
    try (Subject maker = Subject.start("torrent maker", command, stage.log())) {
      maker.await("created");
    }
    return stage;
  }

  Path root() {
    return root;
  }

  /** How every transfer on it is carried. */
  Carrier carrier() {
    return carrier;
  }

  Path torrent() {
    return folder.resolve("content.torrent");
  }

  Path data() {
    return folder.resolve("data");
  }

  /** The file that is shared. */
  Path content() {
    return data().resolve("content.bin");
  }

  /** Where the subjects' standard error goes. */
  Path log() {
    return folder.resolve("errors.log");
  }

  /** An empty folder to download into. */
  Path freshTarget() {
    removeTarget();
    try {
      return Files.createDirectories(target());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees the memory of what was downloaded. */
  void removeTarget() {
    remove(target());
  }

  @Override
  public void close() {
    remove(folder);
  }

  private Path target() {
    return folder.resolve("target");
  }

  /** Removes a file, or a folder with all that is in it. */
  static void remove(Path top) {
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
