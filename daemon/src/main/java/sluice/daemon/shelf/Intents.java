package sluice.daemon.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to become of single torrents later, of which the engine knows nothing. Kept as lines in a
 * file, the last of a torrent counts; at each start the file is written anew. Any thread.
 */
public final class Intents implements AutoCloseable {
  private final Path file;
  private final Map<String, Intent> intents = new LinkedHashMap<>();
  private final FileChannel channel;

  /**
   * What is to become of a torrent.
   *
   * @param automatic whether its folder follows its category
   * @param finish folder of its data when they are complete; empty: where they are
   * @param stopWhen at which point it stops
   * @param layout where its files are, once they are known
   */
  public record Intent(
      boolean automatic, String finish, Handling.StopWhen stopWhen, Handling.Layout layout) {
    /** Nothing special. */
    public static final Intent NONE =
        new Intent(false, "", Handling.StopWhen.NEVER, Handling.Layout.ORIGINAL);

    Intent automatic(boolean is) {
      return new Intent(is, finish, stopWhen, layout);
    }

    Intent finish(String folder) {
      return new Intent(automatic, folder, stopWhen, layout);
    }

    Intent stopped() {
      return new Intent(automatic, finish, Handling.StopWhen.NEVER, layout);
    }

    Intent laidOut() {
      return new Intent(automatic, finish, stopWhen, Handling.Layout.ORIGINAL);
    }
  }

  /** Those in {@code file}; none if there is no such file. */
  public Intents(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      // A line that a crash has cut off is no JSON.
      Files.readString(file).lines().forEach(this::read);
    }
    StringBuilder lines = new StringBuilder();
    intents.forEach((hash, intent) -> lines.append(line(hash, intent)));
    PrivateFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    channel = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  private void read(String line) {
    JsonNode node;
    try {
      node = Json.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (Problem e) {
      return;
    }
    put(
        node.path("hash").asString(""),
        new Intent(
            node.path("automatic").asBoolean(false),
            node.path("finish").asString(""),
            Handling.StopWhen.of(node.path("stop").asString("")).orElse(Handling.StopWhen.NEVER),
            Handling.Layout.of(node.path("layout").asString("")).orElse(Handling.Layout.ORIGINAL)));
  }

  private static String line(String hash, Intent intent) {
    ObjectNode node =
        Json.object()
            .put("hash", hash)
            .put("automatic", intent.automatic())
            .put("finish", intent.finish())
            .put("stop", intent.stopWhen().text())
            .put("layout", intent.layout().text());
    return Json.text(node) + "\n";
  }

  private void put(String hash, Intent intent) {
    if (intent.equals(Intent.NONE)) {
      intents.remove(hash);
    } else {
      intents.put(hash, intent);
    }
  }

  /** What is to become of the torrent that is called {@code hash}. */
  public synchronized Intent of(String hash) {
    return intents.getOrDefault(hash, Intent.NONE);
  }

  /** Changes what is to become of a torrent. */
  synchronized void change(String hash, UnaryOperator<Intent> change) {
    Intent before = of(hash);
    Intent after = change.apply(before);
    if (!after.equals(before)) {
      append(line(hash, after));
      put(hash, after);
    }
  }

  /** A torrent is called otherwise from here on. */
  synchronized void renamed(String before, String after) {
    Intent intent = of(before);
    if (!before.equals(after) && !intent.equals(Intent.NONE)) {
      change(after, none -> intent);
      change(before, gone -> Intent.NONE);
    }
  }

  private void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
