package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.state.StateStore;
import sluice.state.record.PlaceChange;
import sluice.storage.hashing.TorrentMaker;

/** Files of torrents are moved, renamed and deleted, and found again after a restart. */
class MoveTest {
  private static final int FILES = 3;
  private static final int BYTES = 200_000;

  @TempDir Path temp;
  private Path data;
  private Path there;
  private byte[] torrentFile;

  @BeforeEach
  void make() throws Exception {
    data = temp.resolve("data");
    there = temp.resolve("there");
    Files.createDirectories(data.resolve("t"));
    for (int i = 0; i < FILES; i++) {
      Files.write(data.resolve("t").resolve("f" + i), content(i));
    }
    torrentFile =
        TorrentMaker.make(
                data.resolve("t"),
                options -> options.version(Version.V1).pieceLength(1 << 16),
                (done, total) -> {})
            .bytes();
  }

  private static byte[] content(int file) {
    byte[] bytes = new byte[BYTES];
    new Random(100 + file).nextBytes(bytes);
    return bytes;
  }

  private ClientConfig kept() {
    return ClientConfig.of(EngineConfig.loopback()).keep(temp.resolve("state"));
  }

  private static void done(CompletionStage<?> stage) throws Exception {
    stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private TorrentHandle seeding(Client client) throws Exception {
    TorrentHandle handle = client.add(torrentFile, AddOptions.into(data).withoutTrackers());
    done(handle.completion());
    return handle;
  }

  private static void await(TorrentHandle handle, Phase phase) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (handle.snapshot().orElseThrow().phase() != phase && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(handle.snapshot().orElseThrow().phase()).isEqualTo(phase);
  }

  /** After a restart the torrent is complete, without a check, with these paths below a folder. */
  private void found(Path folder, String... paths) throws Exception {
    for (int i = 0; i < FILES; i++) {
      assertThat(Files.readAllBytes(folder.resolve(paths[i]))).isEqualTo(content(i));
    }
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = client.torrents().getFirst();
      done(handle.start());
      done(handle.completion());
      assertThat(Snapshots.complete(handle).pieces()).isPositive();
    }
  }

  private static boolean isEmpty(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTorrentIsMovedWhetherItRunsOrNot(boolean runs) throws Exception {
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      if (!runs) {
        done(handle.stop());
      }
      done(handle.move(there));
      await(handle, runs ? Phase.SEEDING : Phase.STOPPED);
      assertThat(isEmpty(data)).isTrue();
    }
    found(there, "t/f0", "t/f1", "t/f2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesAndFoldersAreRenamed(boolean runs) throws Exception {
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      if (!runs) {
        done(handle.stop());
      }
      done(handle.renameFile(1, List.of("t", "deep", "one")));
      done(handle.renameFolder(List.of("t"), List.of("u", "v")));
      assertThatThrownBy(() -> done(handle.renameFile(0, List.of("u", "v", "f2"))))
          .hasRootCauseInstanceOf(ClientException.class);
      assertThat(data.resolve("t")).doesNotExist();
    }
    found(data, "u/v/f0", "u/v/deep/one", "u/v/f2");
  }

  @Test
  void whatIsInTheWayOfAMoveStays() throws Exception {
    Files.createDirectories(there.resolve("t"));
    Path others = Files.writeString(there.resolve("t").resolve("f1"), "not ours");
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      assertThatThrownBy(() -> done(handle.move(there))).hasMessageContaining("not the torrent's");
      await(handle, Phase.SEEDING);
    }
    assertThat(others).hasContent("not ours");
    assertThat(there.resolve("t").resolve("f0")).doesNotExist();
    found(data, "t/f0", "t/f1", "t/f2");
  }

  @Test
  void onlyItsOwnFilesAreDeletedWithATorrent() throws Exception {
    Path others = Files.writeString(data.resolve("t").resolve("mine"), "mine");
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      done(handle.removeWithData());
      assertThat(client.torrents()).isEmpty();
      assertThat(others).hasContent("mine");
      assertThat(data.resolve("t").resolve("f0")).doesNotExist();
      Files.delete(others);
    }
    try (Client client = Client.open(kept())) {
      assertThat(client.torrents()).isEmpty();
    }
  }

  @Test
  void withoutAStateATorrentIsFoundAtItsNewPlace() throws Exception {
    ClientConfig config = ClientConfig.of(EngineConfig.loopback());
    try (Client client = Client.open(config)) {
      TorrentHandle handle = seeding(client);
      done(handle.move(there));
      done(handle.renameFile(0, List.of("t", "zero")));
      done(handle.recheck());
      done(handle.completion());
      assertThat(there.resolve("t").resolve("zero")).hasBinaryContent(content(0));
      done(handle.removeWithData());
      assertThat(isEmpty(there)).isTrue();
    }
  }

  @Test
  void filesThatSomebodyBroughtElsewhereAreFoundAndChecked() throws Exception {
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      assertThatThrownBy(() -> done(handle.find(there))).hasMessageContaining("no such folder");
      await(handle, Phase.SEEDING);
      assertThat(handle.snapshot().orElseThrow().havePieces()).isGreaterThan(0);
      Files.move(data, there);
      Files.write(there.resolve("t").resolve("f1"), new byte[BYTES]);
      done(handle.find(there));
      await(handle, Phase.DOWNLOADING);
      assertThat(handle.record().orElseThrow().folder()).isEqualTo(there);
      Files.write(there.resolve("t").resolve("f1"), content(1));
      done(handle.recheck());
      done(handle.completion());
    }
    assertThat(data).doesNotExist();
    found(there, "t/f0", "t/f1", "t/f2");
  }

  @Test
  void anInterruptedFindIsDoneAtTheNextStart() throws Exception {
    added(false);
    Files.move(data, there);
    intend(new PlaceChange.Find(there.toString()));
    awaitSettled();
    assertThat(data).doesNotExist();
    found(there, "t/f0", "t/f1", "t/f2");
  }

  /** What a crash between the note and the first file leaves: the note. */
  private void intend(PlaceChange change) throws Exception {
    try (StateStore store = StateStore.open(temp.resolve("state"))) {
      done(store.places().intend(1, from -> change));
    }
  }

  private void added(boolean stopped) throws Exception {
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = seeding(client);
      if (stopped) {
        done(handle.stop());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptedMoveIsDoneAtTheNextStart(boolean stopped) throws Exception {
    added(stopped);
    intend(new PlaceChange.Move(data.toString(), there.toString()));
    // One of them has its second name already.
    Files.createDirectories(there.resolve("t"));
    Files.createLink(there.resolve("t").resolve("f0"), data.resolve("t").resolve("f0"));
    awaitSettled();
    assertThat(isEmpty(data)).isTrue();
    found(there, "t/f0", "t/f1", "t/f2");
  }

  @Test
  void anInterruptedRenamingIsDoneAtTheNextStart() throws Exception {
    added(true);
    intend(new PlaceChange.RenameFolder(List.of("t"), List.of("u")));
    Files.createDirectories(data.resolve("u"));
    Files.move(data.resolve("t").resolve("f1"), data.resolve("u").resolve("f1"));
    awaitSettled();
    assertThat(data.resolve("t")).doesNotExist();
    found(data, "u/f0", "u/f1", "u/f2");
  }

  @Test
  void anInterruptedRemovalIsDoneAtTheNextStart() throws Exception {
    added(false);
    intend(new PlaceChange.Erase());
    Files.delete(data.resolve("t").resolve("f1"));
    try (Client client = Client.open(kept())) {
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!client.torrents().isEmpty() && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      assertThat(client.torrents()).isEmpty();
    }
    assertThat(isEmpty(data)).isTrue();
  }

  @Test
  void whatAMoveThatIsRecordedLeftBehindIsDeletedAtTheNextStart() throws Exception {
    try (Client client = Client.open(kept())) {
      done(seeding(client).move(there));
    }
    intend(new PlaceChange.Move(data.toString(), there.toString()));
    Files.createDirectories(data.resolve("t"));
    Files.createLink(data.resolve("t").resolve("f2"), there.resolve("t").resolve("f2"));
    awaitSettled();
    assertThat(isEmpty(data)).isTrue();
    found(there, "t/f0", "t/f1", "t/f2");
  }

  @Test
  void anInterruptedMoveWaitsForAFolderThatIsAway() throws Exception {
    added(false);
    intend(new PlaceChange.Move(data.toString(), there.toString()));
    Path away = Files.move(data, temp.resolve("away"));
    Files.createDirectories(data);
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = client.torrents().getFirst();
      await(handle, Phase.ABSENT);
      assertThat(isEmpty(data)).isTrue();
    }
    Files.delete(data);
    Files.move(away, data);
    awaitSettled();
    found(there, "t/f0", "t/f1", "t/f2");
  }

  /** Runs a client until nothing is unfinished. */
  private void awaitSettled() throws Exception {
    try (Client client = Client.open(kept())) {
      TorrentHandle handle = client.torrents().getFirst();
      // It comes in its turn, behind what is unfinished.
      done(handle.renameFile(0, List.of("x")));
      done(handle.renameFile(0, List.of(firstFolder(), "f0")));
    }
    try (StateStore store = StateStore.open(temp.resolve("state"))) {
      assertThat(store.reads().change(1)).isEmpty();
    }
  }

  private String firstFolder() {
    return Files.exists(data.resolve("u")) ? "u" : "t";
  }
}
