package sluice.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.protocol.address.Endpoint;

/** What a program is to do with a torrent. A change makes another job. */
final class Job implements Cloneable {
  static final String LOOPBACK = "127.0.0.1";

  private final Path work;
  private final String torrent;
  private final Path data;
  private final boolean seed;
  private boolean tracker;
  private Cipher cipher = Cipher.PLAIN;
  private List<String> peers = List.of();
  private List<String> webSeeds = List.of();
  private int downBytesPerSecond;
  private List<Endpoint> dhtNodes = List.of();
  private String host = LOOPBACK;
  private boolean utp;

  private Job(Path work, String torrent, Path data, boolean seed) {
    this.work = work;
    this.torrent = torrent;
    this.data = data;
    this.seed = seed;
  }

  /** A job in {@code work} without peers, for which connections are plain. */
  static Job of(Path work, String torrent, Path data, boolean seed) {
    return new Job(work, torrent, data, seed);
  }

  private Job with(Consumer<Job> change) {
    try {
      Job changed = (Job) clone();
      change.accept(changed);
      return changed;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, finding and found by the DHT alone, which is entered by the first of its nodes. */
  Job dht(List<Endpoint> nodes) {
    return with(job -> {
      job.dhtNodes = List.copyOf(nodes);
      job.host = nodes.getFirst().address().getHostAddress();
    });
  }

  /** The same, announced to the tracker or not. */
  Job tracker(boolean announces) {
    return with(job -> job.tracker = announces);
  }

  /** The same with another wish for encryption. */
  Job cipher(Cipher wanted) {
    return with(job -> job.cipher = wanted);
  }

  /** The same with addresses to connect to; programs that cannot be told ignore them. */
  Job peers(List<String> addresses) {
    return with(job -> job.peers = List.copyOf(addresses));
  }

  /** The same that receives so much at the most; for our program and libtorrent. */
  Job down(int bytesPerSecond) {
    return with(job -> job.downBytesPerSecond = bytesPerSecond);
  }

  /** The same by uTP and nothing else. */
  Job byUtp() {
    return with(job -> job.utp = true);
  }

  /** The same with web seeds beside those of the torrent; only our program is told. */
  Job webSeeds(String... urls) {
    return with(job -> job.webSeeds = List.of(urls));
  }

  /** The folder for the program's own files. */
  Path work() {
    return work;
  }

  /** The torrent file, or a magnet link. */
  String torrent() {
    return torrent;
  }

  boolean isMagnet() {
    return torrent.startsWith("magnet:");
  }

  /** The folder in which the content is or will be. */
  Path data() {
    return data;
  }

  /** Whether all data are there. */
  boolean seed() {
    return seed;
  }

  boolean tracker() {
    return tracker;
  }

  Cipher cipher() {
    return cipher;
  }

  /** Whether a program that is not ours is to require RC4. */
  boolean rc4() {
    return cipher != Cipher.PLAIN;
  }

  List<String> peers() {
    return peers;
  }

  List<String> webSeeds() {
    return webSeeds;
  }

  /** To receive at the most; 0 for any. */
  int downBytesPerSecond() {
    return downBytesPerSecond;
  }

  /** The node to enter the DHT by, which is at {@link #host}, too. */
  Optional<Endpoint> dht() {
    return dhtNodes.stream().findFirst();
  }

  /** All nodes of the DHT. */
  List<Endpoint> dhtNodes() {
    return dhtNodes;
  }

  /** The address to be at. */
  String host() {
    return host;
  }

  /** Whether uTP takes the place of TCP. */
  boolean utp() {
    return utp;
  }
}
