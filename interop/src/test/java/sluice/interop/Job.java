package sluice.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
 * @param downBytesPerSecond to receive at the most; 0 for any; for our program and libtorrent
 * @param dht the port of the node to enter the DHT by, which is at {@code host}, too
 * @param host address to be at
 * @param utp whether uTP takes the place of TCP
 */
record Job(
    Path work,
    String torrent,
    Path data,
    boolean seed,
    boolean tracker,
    Cipher cipher,
    List<String> peers,
    List<String> webSeeds,
    int downBytesPerSecond,
    Optional<Integer> dht,
    String host,
    boolean utp) {
  static final String LOOPBACK = "127.0.0.1";

  Job {
    peers = List.copyOf(peers);
    webSeeds = List.copyOf(webSeeds);
  }

  /** A job in {@code work} without peers, for which connections are plain. */
  static Job of(Path work, String torrent, Path data, boolean seed) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        false,
        Cipher.PLAIN,
        List.of(),
        List.of(),
        0,
        Optional.empty(),
        LOOPBACK,
        false);
  }

  /** The same, finding and found by the DHT alone. */
  Job dht(int port, String at) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        cipher,
        peers,
        webSeeds,
        downBytesPerSecond,
        Optional.of(port),
        at,
        utp);
  }

  boolean isMagnet() {
    return torrent.startsWith("magnet:");
  }

  /** The same, announced to the tracker or not. */
  Job tracker(boolean announces) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        announces,
        cipher,
        peers,
        webSeeds,
        downBytesPerSecond,
        dht,
        host,
        utp);
  }

  /** Whether a program that is not ours is to require RC4. */
  boolean rc4() {
    return cipher != Cipher.PLAIN;
  }

  /** The same with another wish for encryption. */
  Job cipher(Cipher wanted) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        wanted,
        peers,
        webSeeds,
        downBytesPerSecond,
        dht,
        host,
        utp);
  }

  /** The same with these peers. */
  Job peers(List<String> addresses) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        cipher,
        addresses,
        webSeeds,
        downBytesPerSecond,
        dht,
        host,
        utp);
  }

  /** The same that receives so much at the most. */
  Job down(int bytesPerSecond) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        cipher,
        peers,
        webSeeds,
        bytesPerSecond,
        dht,
        host,
        utp);
  }

  /** The same by uTP and nothing else. */
  Job byUtp() {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        cipher,
        peers,
        webSeeds,
        downBytesPerSecond,
        dht,
        host,
        true);
  }

  /** The same with these web seeds. */
  Job webSeeds(String... urls) {
    return new Job(
        work,
        torrent,
        data,
        seed,
        tracker,
        cipher,
        peers,
        List.of(urls),
        downBytesPerSecond,
        dht,
        host,
        utp);
  }
}
