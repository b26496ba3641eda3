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
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Priority;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentFiles;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.storage.hashing.TorrentMaker;

/** What was wanted of torrents is wanted after a restart. */
class KeptWishesTest {
  private static final long SEED = 11;
  private static final FileSelection MIDDLE =
      new FileSelection(List.of(Priority.SKIP, Priority.HIGH, Priority.SKIP));

  @TempDir Path temp;

  private ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  private ClientConfig kept() {
    return config().keep(temp.resolve("state"));
  }

  /** Three files of 300,000 bytes, in pieces that some of them share. */
  private TestTorrent torrent() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("source"));
    Random random = new Random(SEED);
    Files.createDirectories(folder.resolve("t"));
    for (int i = 0; i < 3; i++) {
      byte[] data = new byte[300_000];
      random.nextBytes(data);
      Files.write(folder.resolve("t").resolve("f" + i), data);
    }
    byte[] bytes =
        TorrentMaker.make(
                folder.resolve("t"),
                options -> options.version(Version.V1).pieceLength(1 << 16),
                (done, total) -> {})
            .bytes();
    return new TestTorrent(bytes, folder);
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  /** The torrents as they are at a start. */
  private List<TorrentSpec> specs() {
    List<TorrentSpec> all = new ArrayList<>();
    UnaryOperator<TorrentSpec> seen =
        spec -> {
          all.add(spec);
          return spec;
        };
    Client.open(kept(), new Startup(event -> {}, seen)).close();
    return all;
  }

  @Test
  void whatWasChangedIsKept() throws Exception {
    TestTorrent torrent = torrent();
    try (Client client = Client.open(kept())) {
      TorrentHandle handle =
          client.add(torrent.bytes(), AddOptions.into(temp.resolve("data")).stopped());
      done(handle.select(MIDDLE));
      done(handle.order(true, true));
      done(handle.limits(1_000, 2_000));
      done(handle.maxPeers(7));
      done(handle.uploadSlots(3));
      done(handle.superSeed(true));
      assertThatThrownBy(() -> done(handle.due(0, Duration.ZERO)))
          .hasRootCauseMessage("the torrent does not run");
    }
    TorrentSpec spec = specs().getFirst();
    assertThat(spec.picking()).isEqualTo(new PickOptions(MIDDLE, true, true, true));
    assertThat(spec.downBytesPerSecond()).isEqualTo(1_000);
    assertThat(spec.upBytesPerSecond()).isEqualTo(2_000);
    assertThat(spec.terms().maxPeers()).isEqualTo(7);
    assertThat(spec.terms().uploadSlots()).isEqualTo(3);
    assertThat(spec.running()).isFalse();
  }

  @Test
  void howATorrentWasAddedIsKept() throws Exception {
    AddOptions options =
        AddOptions.into(temp.resolve("data"))
            .stopped()
            .withoutDownload()
            .withoutTrackers()
            .peers(List.of(new HostPort("a.example", 1), new HostPort("::1", 65_535)))
            .webSeeds(Optional.of(List.of("http://a.example/b")))
            .picking(new PickOptions(MIDDLE, false, true, false))
            .limits(5, 6);
    try (Client client = Client.open(kept())) {
      client.add(torrent().bytes(), options);
    }
    TorrentSpec spec = specs().getFirst();
    TorrentSpec asAdded = Specs.of(spec.hashes(), spec.source(), options.terms(spec.terms()));
    assertThat(spec).isEqualTo(asAdded);
    assertThat(specs().getFirst().picking()).isEqualTo(asAdded.picking());
  }

  @Test
  void withoutWebSeedsItStays() throws Exception {
    AddOptions options = AddOptions.into(temp.resolve("data")).stopped();
    try (Client client = Client.open(kept())) {
      client.add(torrent().bytes(), options.webSeeds(Optional.empty()));
    }
    assertThat(specs().getFirst().webSeeds()).isEmpty();
  }

  @Test
  void onlyWantedFilesAreFetchedAndOthersWhenTheyAreWantedLater() throws Exception {
    TestTorrent torrent = torrent();
    Path data = temp.resolve("data");
    try (Client seed = Client.open(config())) {
      seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
          .awaitCompletion();
      AddOptions options =
          AddOptions.into(data)
              .withoutTrackers()
              .peers(List.of(new HostPort("127.0.0.1", seed.port())));
      try (Client client = Client.open(kept())) {
        TorrentHandle handle = client.add(torrent.bytes(), options.stopped());
        done(handle.select(MIDDLE));
        done(handle.start());
        handle.awaitCompletion();
        same(torrent, 1);
        assertThat(data.resolve("t").resolve("f0")).doesNotExist();
        assertThat(data.resolve("t").resolve("f2")).doesNotExist();
        assertThat(files(handle, false)).containsExactly(false, true, false);
        TorrentSnapshot partial = handle.snapshot().orElseThrow();
        assertThat(partial.havePieces()).isLessThan(partial.pieces());
        done(handle.stop());
        assertThat(files(handle, true)).containsExactly(false, true, false);
        done(handle.select(FileSelection.ALL));
      }
      try (Client client = Client.open(kept())) {
        TorrentHandle handle = client.torrents().getFirst();
        TorrentSnapshot before = handle.snapshot().orElseThrow();
        done(handle.start());
        handle.awaitCompletion();
        for (int i = 0; i < 3; i++) {
          same(torrent, i);
        }
        assertThat(handle.snapshot().orElseThrow().downloaded() - before.downloaded())
            .as("border pieces came with the middle")
            .isEqualTo(900_000 - before.haveBytes());
      }
    }
  }

  /** Which files are complete. */
  private static List<Boolean> files(TorrentHandle handle, boolean stopped) {
    TorrentFiles all = handle.files().toCompletableFuture().join().orElseThrow();
    assertThat(all.picking().files()).isEqualTo(MIDDLE);
    assertThat(all.files()).extracting(f -> f.path().getLast()).containsExactly("f0", "f1", "f2");
    assertThat(all.files().get(1).priority()).isEqualTo(Priority.HIGH);
    assertThat(all.files().getFirst().doneBytes())
        .as("border pieces, stopped: %s", stopped)
        .isPositive();
    return all.files().stream().map(f -> f.doneBytes() == f.lengthBytes()).toList();
  }

  private void same(TestTorrent torrent, int file) {
    assertThat(temp.resolve("data").resolve("t").resolve("f" + file))
        .hasSameBinaryContentAs(torrent.folder().resolve("t").resolve("f" + file));
  }
}
