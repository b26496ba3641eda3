package sluice.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program is to do with a torrent.
 *
 * @param work folder for the program's own files
 * @param torrent the torrent file, or a magnet link
 * @param data folder in which the content is or will be
 * @param seed whether all data are there
 * @param tracker whether to announce
 * @param cipher what is wanted of encryption
 * @param peers addresses to connect to; programs that cannot be told ignore them
 * @param webSeeds web seeds beside those of the torrent; only our program is told
 */
record Job(
    Path work,
    String torrent,
    Path data,
    boolean seed,
    boolean tracker,
    Cipher cipher,
    List<String> peers,
    List<String> webSeeds) {
  Job {
    peers = List.copyOf(peers);
    webSeeds = List.copyOf(webSeeds);
  }

  /** A job in {@code work} without peers, for which connections are plain. */
  static Job of(Path work, String torrent, Path data, boolean seed) {
    return new Job(work, torrent, data, seed, false, Cipher.PLAIN, List.of(), List.of());
  }

  boolean isMagnet() {
    return torrent.startsWith("magnet:");
  }

  /** The same, announced to the tracker or not. */
  Job tracker(boolean announces) {
    return new Job(work, torrent, data, seed, announces, cipher, peers, webSeeds);
  }

  /** Whether a program that is not ours is to require RC4. */
  boolean rc4() {
    return cipher != Cipher.PLAIN;
  }

  /** The same with another wish for encryption. */
  Job cipher(Cipher wanted) {
    return new Job(work, torrent, data, seed, tracker, wanted, peers, webSeeds);
  }

  /** The same with these peers. */
  Job peers(List<String> addresses) {
    return new Job(work, torrent, data, seed, tracker, cipher, addresses, webSeeds);
  }

  /** The same with these web seeds. */
  Job webSeeds(String... urls) {
    return new Job(work, torrent, data, seed, tracker, cipher, peers, List.of(urls));
  }
}
