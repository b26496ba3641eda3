package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.pick.FileChoice;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;

/** Files that are chosen when they are known: of torrent files at once, of magnets later. */
class ChoiceTest {
  private static final long SEED = 23;
  private static final int SIZE = 400_000;

  @TempDir private Path temp;
  private TestTorrent torrent;

  private static ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  @BeforeEach
  void make() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("source/set"));
    Random random = new Random(SEED);
    for (String name : List.of("a.bin", "b.bin", "c.bin")) {
      byte[] data = new byte[SIZE];
      random.nextBytes(data);
      Files.write(folder.resolve(name), data);
    }
    torrent = TestTorrent.of(folder.getParent(), "set");
  }

  private Client seed() throws Exception {
    Client seed = Client.open(config());
    seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
        .awaitCompletion();
    return seed;
  }

  private AddOptions options(Client seed) {
    return AddOptions.into(temp.resolve("copy"))
        .withoutTrackers()
        .peers(List.of(new HostPort("127.0.0.1", seed.port())));
  }

  private ClientConfig leech(boolean kept) {
    return kept ? config().keep(temp.resolve("state")) : config();
  }

  /** Chooses by name, which nobody can without knowing the files. */
  private static FileChoice named(String name) {
    return info -> new FileSelection(info.files().stream().map(f -> wish(f.path(), name)).toList());
  }

  private static Priority wish(List<String> path, String name) {
    return path.getLast().equals(name) ? Priority.NORMAL : Priority.SKIP;
  }

  /** A magnet that selects files by their places in the torrent, among which pads are. */
  private Magnet selecting(String... names) throws Exception {
    List<FileEntry> files = torrent.metainfo().info().files();
    List<Integer> places =
        IntStream.range(0, files.size())
            .filter(i -> List.of(names).contains(files.get(i).path().getLast()))
            .boxed()
            .toList();
    return new Magnet(
        torrent.metainfo().info().hashes(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        places);
  }

  private void assertOnly(String... names) throws Exception {
    for (String name : List.of("a.bin", "b.bin", "c.bin")) {
      Path copy = temp.resolve("copy/set").resolve(name);
      if (List.of(names).contains(name)) {
        assertThat(copy).hasSameBinaryContentAs(torrent.folder().resolve("set").resolve(name));
      } else {
        assertThat(copy).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMagnetGetsTheChosenFileOnly(boolean kept) throws Exception {
    try (Client seed = seed()) {
      try (Client leech = Client.open(leech(kept))) {
        TorrentHandle handle =
            leech.add(torrent.magnet(true), options(seed).choosing(named("b.bin")));
        handle.awaitCompletion();
        Info info = handle.metainfo().orElseThrow().info();
        assertThat(info.name()).isEqualTo("set");
      }
      assertOnly("b.bin");
      if (kept) {
        try (Client again = Client.open(leech(true))) {
          again.torrents().getFirst().awaitCompletion();
        }
        assertOnly("b.bin");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTorrentFileGetsTheChosenFileOnly(boolean kept) throws Exception {
    try (Client seed = seed();
        Client leech = Client.open(leech(kept))) {
      TorrentHandle handle = leech.add(torrent.bytes(), options(seed).choosing(named("c.bin")));
      assertThat(handle.metainfo().orElseThrow().info().hashes())
          .isEqualTo(torrent.metainfo().info().hashes());
      handle.awaitCompletion();
      assertOnly("c.bin");
      handle.remove().toCompletableFuture().join();
      assertThat(handle.metainfo()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheMagnetSelectsIsGotten(boolean kept) throws Exception {
    Magnet some = selecting("a.bin", "c.bin");
    try (Client seed = seed();
        Client leech = Client.open(leech(kept))) {
      leech.add(some, options(seed)).awaitCompletion();
      assertOnly("a.bin", "c.bin");
    }
  }

  @Test
  void aChoiceComesBeforeThatOfTheMagnet() throws Exception {
    try (Client seed = seed();
        Client leech = Client.open(config())) {
      leech.add(selecting("a.bin"), options(seed).choosing(named("b.bin"))).awaitCompletion();
      assertOnly("b.bin");
    }
  }
}
