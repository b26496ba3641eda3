package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.port.Fault;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.storage.hashing.TorrentMaker;

/** Torrents of one client that have common files, on real disks; no peer is needed for these. */
@Timeout(120)
class SiblingsTest {
  private static final long SEED = 38;
  private static final int LARGE = 3_000_001;
  private static final int SMALL = 700_003;

  @TempDir Path temp;

  private static ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(SEED + seed).nextBytes(bytes);
    return bytes;
  }

  /** A folder {@code name} with these files, and its torrent. */
  private byte[] folder(
      String name, Version version, int pieceLength, boolean isPrivate, byte[]... files)
      throws Exception {
    return in("source", name, version, pieceLength, isPrivate, files);
  }

  private byte[] in(
      String base,
      String name,
      Version version,
      int pieceLength,
      boolean isPrivate,
      byte[]... files)
      throws Exception {
    Path folder = Files.createDirectories(temp.resolve(base).resolve(name));
    for (int i = 0; i < files.length; i++) {
      Files.write(folder.resolve("f" + i), files[i]);
    }
    return TorrentMaker.make(
            folder,
            o -> o.version(version).pieceLength(pieceLength).isPrivate(isPrivate),
            (done, total) -> {})
        .bytes();
  }

  private AddOptions at(String folder) {
    return AddOptions.into(temp.resolve(folder)).withoutTrackers();
  }

  private void check(TorrentHandle handle, String path, byte[] content) throws Exception {
    handle.awaitCompletion();
    assertThat(Files.readAllBytes(temp.resolve(path))).isEqualTo(content);
    assertThat(handle.snapshot().orElseThrow().downloaded()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "V1, 65536, V1, 65536, false", "V1, 65536, V1, 65536, true",
    "V2, 65536, V2, 16384, true", "HYBRID, 32768, V2, 131072, false",
    "V2, 32768, HYBRID, 131072, true", "HYBRID, 65536, V1, 65536, false",
    "V1, 65536, HYBRID, 65536, false"
  })
  void aCommonFileIsCopied(Version one, int first, Version two, int second, boolean hidden)
      throws Exception {
    byte[] common = random(1, LARGE);
    byte[] source = folder("one", one, first, hidden, common, random(2, SMALL));
    byte[] target = folder("two", two, second, hidden, common);
    try (Client client = Client.open(config())) {
      client.add(source, at("source")).awaitCompletion();
      check(client.add(target, at("copy")), "copy/two/f0", common);
    }
  }

  @Test
  void aTorrentOfAnEarlierRunLendsWithoutBeingStarted() throws Exception {
    byte[] common = random(1, LARGE);
    byte[] source = folder("one", Version.V1, 65_536, false, common, random(2, SMALL));
    byte[] target = folder("two", Version.V1, 65_536, true, common);
    Path state = temp.resolve("state");
    try (Client client = Client.open(config().keep(state))) {
      TorrentHandle one = client.add(source, at("source"));
      one.awaitCompletion();
      one.stop().toCompletableFuture().join();
    }
    try (Client client = Client.open(config().keep(state))) {
      check(client.add(target, at("copy")), "copy/two/f0", common);
      TorrentSnapshot one = client.torrents().getFirst().snapshot().orElseThrow();
      assertThat(one.phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
      client.torrents().getLast().remove().toCompletableFuture().join();
      byte[] third = folder("three", Version.V1, 65_536, false, common, random(3, SMALL));
      TorrentHandle three = client.add(third, at("copy"));
      while (three.snapshot().orElseThrow().haveBytes() < LARGE / 65_536 * 65_536) {
        Thread.onSpinWait();
      }
      assertThat(three.snapshot().orElseThrow().downloaded()).isZero();
    }
  }

  private static Fault fault(TorrentHandle handle) {
    Optional<Fault> fault = handle.snapshot().orElseThrow().fault();
    while (fault.isEmpty()) {
      Thread.onSpinWait();
      fault = handle.snapshot().orElseThrow().fault();
    }
    return fault.get();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileOfAnotherTorrentIsNotWritten(boolean stopped) throws Exception {
    byte[] content = random(1, SMALL);
    byte[] mine = folder("one", Version.V1, 65_536, false, content, random(2, SMALL));
    byte[] theirs = in("other", "one", Version.V1, 65_536, false, random(3, SMALL));
    Path state = temp.resolve("state");
    try (Client client = Client.open(config().keep(state))) {
      TorrentHandle one = client.add(mine, at("source"));
      one.awaitCompletion();
      if (stopped) {
        one.stop().toCompletableFuture().join();
      }
      Fault fault = fault(client.add(theirs, at("source")));
      assertThat(fault.kind()).isEqualTo(Fault.Kind.OCCUPIED);
      assertThat(fault.detail()).contains("one").contains("f0");
    }
    assertThat(Files.readAllBytes(temp.resolve("source/one/f0"))).isEqualTo(content);
    try (Client client = Client.open(config().keep(state))) {
      assertThat(fault(client.torrents().getLast()).kind()).isEqualTo(Fault.Kind.OCCUPIED);
      client.torrents().getFirst().remove().toCompletableFuture().join();
      TorrentHandle other = client.torrents().getLast();
      other.stop().toCompletableFuture().join();
      other.start().toCompletableFuture().join();
      while (other.snapshot().orElseThrow().phase() != TorrentSnapshot.Phase.DOWNLOADING) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void twoTorrentsSeedTheSameFilesAtTheSamePlace() throws Exception {
    byte[] content = random(1, SMALL);
    byte[] first = folder("one", Version.V1, 65_536, false, content);
    byte[] second = folder("one", Version.V2, 65_536, true, content);
    try (Client client = Client.open(config())) {
      client.add(first, at("source")).awaitCompletion();
      client.add(second, at("source")).awaitCompletion();
    }
  }

  @Test
  void filesOfAnotherTorrentAreNotDeleted() throws Exception {
    byte[] content = random(1, SMALL);
    byte[] first = folder("one", Version.V1, 65_536, false, content);
    byte[] second = folder("one", Version.V2, 65_536, true, content);
    Path file = temp.resolve("source/one/f0");
    try (Client client = Client.open(config().keep(temp.resolve("state")))) {
      TorrentHandle one = client.add(first, at("source"));
      one.awaitCompletion();
      TorrentHandle two = client.add(second, at("source"));
      two.awaitCompletion();
      assertThatThrownBy(() -> one.removeWithData().toCompletableFuture().join())
          .hasMessageContaining("f0 is a file of the torrent one");
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
      one.awaitCompletion();
      one.remove().toCompletableFuture().join();
      two.removeWithData().toCompletableFuture().join();
      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatWasMovedIsNotWrittenEither(boolean stopped) throws Exception {
    byte[] content = random(1, SMALL);
    byte[] mine = folder("one", Version.V1, 65_536, false, content);
    byte[] theirs = in("other", "one", Version.V1, 65_536, false, random(3, SMALL));
    try (Client client = Client.open(config().keep(temp.resolve("state")))) {
      TorrentHandle one = client.add(mine, at("source"));
      one.awaitCompletion();
      if (stopped) {
        one.stop().toCompletableFuture().join();
      }
      one.move(temp.resolve("moved")).toCompletableFuture().join();
      Fault fault = fault(client.add(theirs, at("moved")));
      assertThat(fault.kind()).isEqualTo(Fault.Kind.OCCUPIED);
      assertThat(Files.readAllBytes(temp.resolve("moved/one/f0"))).isEqualTo(content);
    }
  }

  @Test
  void alteredFilesAreDownloadedAndNobodyIsBanned() throws Exception {
    byte[] common = random(1, LARGE);
    byte[] source = folder("one", Version.V1, 65_536, false, common, random(2, SMALL));
    byte[] target = folder("two", Version.V1, 65_536, false, common);
    try (Client client = Client.open(config());
        Client seed = Client.open(config());
        EventStream events = client.events()) {
      client.add(source, at("source")).awaitCompletion();
      seed.add(target, at("source")).awaitCompletion();
      byte[] altered = common.clone();
      altered[200_000]++;
      altered[LARGE - 1]++;
      Files.write(temp.resolve("source/one/f0"), altered);
      HostPort peer = new HostPort("127.0.0.1", seed.port());
      TorrentHandle two = client.add(target, at("copy").peers(List.of(peer)));
      two.awaitCompletion();
      assertThat(Files.readAllBytes(temp.resolve("copy/two/f0"))).isEqualTo(common);
      assertThat(Files.readAllBytes(temp.resolve("source/one/f0"))).isEqualTo(altered);
      TorrentSnapshot now = two.snapshot().orElseThrow();
      assertThat(now.downloaded()).isBetween(65_536L + LARGE % 65_536, 4 * 65_536L);
      assertThat(now.wasted()).isZero();
      List<EngineEvent> told = new ArrayList<>();
      Optional<EngineEvent> next = events.next(Duration.ZERO);
      while (next.isPresent()) {
        told.add(next.get());
        next = events.next(Duration.ZERO);
      }
      assertThat(told).isNotEmpty().noneMatch(e -> e instanceof EngineEvent.PeerBanned);
    }
  }

  @Test
  void whatOneGetsOfPeersTheOtherHas() throws Exception {
    byte[] common = random(1, LARGE);
    byte[] source = folder("one", Version.V2, 65_536, false, common, random(2, SMALL));
    byte[] target = folder("two", Version.V2, 65_536, false, common);
    try (Client client = Client.open(config());
        Client seed = Client.open(config())) {
      TorrentHandle two = client.add(target, at("copy"));
      seed.add(source, at("source")).awaitCompletion();
      HostPort peer = new HostPort("127.0.0.1", seed.port());
      TorrentHandle one = client.add(source, at("copy").peers(List.of(peer)));
      one.awaitCompletion();
      check(two, "copy/two/f0", common);
    }
  }
}
