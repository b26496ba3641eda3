package sluice.client.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineConfig;
import sluice.protocol.metainfo.InfoHashes;

/** What clients that are killed begin with, and how they tell what is wanted and done. */
final class Subject {
  private Subject() {}

  /** On loopback, without a state. */
  static ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  /** The same with its state in {@code folder}. */
  static ClientConfig config(Path folder) {
    return config().keep(folder.resolve("state"));
  }

  /** Torrent {@code number} of those that {@code folder} holds. */
  static byte[] torrentFile(Path folder, int number) throws IOException {
    return Files.readAllBytes(folder.resolve(number + ".torrent"));
  }

  /** The numbers of the first {@code count} of them. */
  static Map<InfoHashes, Integer> numbers(Path folder, int count) throws Exception {
    Map<InfoHashes, Integer> numbers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      numbers.put(Goods.hashes(torrentFile(folder, i)), i);
    }
    return numbers;
  }

  /** It is about to want this of torrent {@code number}. */
  static void ask(int number, int wish) {
    say("? " + number + " " + wish);
  }

  /** It was told that this is so. */
  static void done(int number, int wish) {
    say("= " + number + " " + wish);
  }

  static void say(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
