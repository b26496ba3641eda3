package sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One torrent, its content, a tracker if it is found by one, and the programs that exchange it. */
final class Scene implements AutoCloseable {
  private final Path work;
  private final Path source;
  private final Path torrent;
  private final Found found;
  private final Cipher cipher;
  private final @Nullable RunningTracker tracker;
  private final Libtorrent.Created created;
  private final List<Peer> peers = new ArrayList<>();
  private @Nullable Hub hub;
  private boolean utp;

  private Scene(Path work, Path source, List<String> options, Found found, Cipher cipher) {
    this.work = work;
    this.source = source;
    this.found = found;
    this.cipher = cipher;
    this.torrent = work.resolve("scene.torrent");
    this.tracker = tracker(found, work);
    List<String> all = new ArrayList<>(options);
    if (tracker != null) {
      all.addAll(List.of("--tracker", found.isUdp() ? tracker.udpUrl() : tracker.httpUrl()));
    }
    this.created = Libtorrent.create(source, torrent, all);
    if (tracker != null) {
      tracker.start(created.wire());
    }
  }

  private static @Nullable RunningTracker tracker(Found found, Path work) {
    if (found.isTrackerless()) {
      return null;
    }
    return found.isOurs() ? new SluiceTracker(work) : new OpenTracker(work);
  }

  /** A scene in {@code work} with a torrent of {@code shape}. */
  static Scene of(Path work, Shape shape, Found found) {
    return of(work, shape, found, Cipher.PLAIN);
  }

  /** The same with a wish for encryption. */
  static Scene of(Path work, Shape shape, Found found, Cipher cipher) {
    return new Scene(work, shape.content(work.resolve("source")), shape.options(), found, cipher);
  }

  /** A scene in which all are at {@code host} and find each other by the DHT alone. */
  static Scene ofDht(Path work, Shape shape, String host) {
    Scene scene = of(work, shape, Found.BY_DHT);
    scene.hub = new Hub(host);
    return scene;
  }

  /** A scene whose torrent names a web seed, and nobody else. */
  static Scene ofWeb(Path work, Shape shape, String url) {
    List<String> options = new ArrayList<>(shape.options());
    options.addAll(List.of("--web-seed", url));
    Path content = shape.content(work.resolve("source"));
    return new Scene(work, content, options, Found.BY_NAME, Cipher.PLAIN);
  }

  /** A scene in {@code work} with one v1 file of {@code length} bytes. */
  static Scene ofFile(Path work, long length, int pieceBytes, Found found) {
    Path file = Content.file(work.resolve("source"), "big.bin", length, 7);
    List<String> options = List.of("--v1", "--piece-size", Integer.toString(pieceBytes));
    return new Scene(work, file, options, found, Cipher.PLAIN);
  }

  /** The torrent file. */
  Path torrent() {
    return torrent;
  }

  /** The folder that has the content. */
  Path source() {
    return source.getParent();
  }

  /** How many peers the tracker knows, by the hash that most of them have announced. */
  int announced() {
    RunningTracker known = Objects.requireNonNull(tracker);
    return created.wire().stream().mapToInt(known::peers).max().orElse(0);
  }

  /** A new folder. */
  Path folder(String name) {
    try {
      return Files.createDirectories(work.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts pads on disk, for programs that take them for files. */
  void writePads() {
    created.pads().forEach((path, length) -> Content.zeroes(source().resolve(path), length));
  }

  /** Starts {@code program} with all data, to connect to {@code others} unless it finds them. */
  Peer seed(Program program, Peer... others) {
    return start(program, job(torrent, source(), true, others));
  }

  /** Starts {@code program} to download into {@code folder}. */
  Peer get(Program program, Path folder, Peer... others) {
    return start(program, job(torrent, folder, false, others));
  }

  /** The same at {@code bytesPerSecond} at the most. */
  Peer getSlowly(Program program, Path folder, int bytesPerSecond, Peer... others) {
    return start(program, job(torrent, folder, false, others).down(bytesPerSecond));
  }

  /** The same with a torrent file that brings no piece layers (BEP 52). */
  Peer getWithoutLayers(Program program, Path folder, Peer... others) {
    Path bare = work.resolve("bare.torrent");
    Libtorrent.strip(torrent, bare);
    return start(program, job(bare, folder, false, others));
  }

  /**
   * Starts {@code program} to download into {@code folder} by a magnet link, which names the
   * tracker, or else {@code others} (BEP 9).
   */
  Peer getByMagnet(Program program, Path folder, Peer... others) {
    Job job = Job.of(work, magnet(others), folder, false);
    return start(program, entering(job.tracker(!found.isTrackerless()).cipher(cipher)));
  }

  /** The magnet link, which names the tracker, or else {@code others}. */
  String magnet(Peer... others) {
    StringBuilder link = new StringBuilder("magnet:?dn=scene");
    if (!created.v1().isEmpty()) {
      link.append("&xt=urn:btih:").append(created.v1());
    }
    if (!created.v2().isEmpty()) {
      link.append("&xt=urn:btmh:1220").append(created.v2());
    }
    if (tracker != null) {
      String url = found.isUdp() ? tracker.udpUrl() : tracker.httpUrl();
      link.append("&tr=").append(URLEncoder.encode(url, UTF_8));
    }
    names(others).forEach(peer -> link.append("&x.pe=").append(peer));
    return link.toString();
  }

  /** Starts our program to download into {@code folder} from web seeds as well. */
  Peer getByWeb(Path folder, String... urls) {
    return start(Program.SLUICE, job(torrent, folder, false).webSeeds(urls));
  }

  /** Checks that {@code program} has put the content into {@code folder}, file by file. */
  void assertSame(Path folder, Program program) {
    Map<String, String> wanted = Content.hashes(source());
    if (!program.makesEmptyFiles()) {
      wanted.values().removeIf(Content.EMPTY::equals);
    }
    assertThat(Content.hashes(folder)).isEqualTo(wanted);
  }

  @Override
  public void close() {
    Collections.reverse(peers);
    // Others take seconds to say goodbye to trackers.
    peers.forEach(peer -> peer.process().kill());
    if (tracker != null) {
      tracker.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  /** Programs that are started from here on use uTP in place of TCP. */
  Scene byUtp() {
    utp = true;
    return this;
  }

  private Peer start(Program program, Job job) {
    Peer peer = program.start(utp ? job.byUtp() : job);
    peers.add(peer);
    peer.awaitReady();
    if (tracker != null) {
      Patience.await("announce", Patience.STEP, peer::process, () -> announced() >= peers.size());
    }
    return peer;
  }

  private Job job(Path file, Path data, boolean seed, Peer... others) {
    return entering(
        Job.of(work, file.toString(), data, seed)
            .tracker(!found.isTrackerless())
            .cipher(cipher)
            .peers(names(others)));
  }

  private Job entering(Job job) {
    return hub == null ? job : job.dht(hub.nodes());
  }

  private List<String> names(Peer... others) {
    List<String> names = new ArrayList<>();
    if (found == Found.BY_NAME) {
      for (Peer other : others) {
        names.add("127.0.0.1:" + other.port());
      }
    }
    return names;
  }
}
