package sluice.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.state.StartReport;

/**
 * Opening a session takes the list of torrents and nothing else: not their torrent files, not their
 * data. All of that is made unreadable here, and the list is complete all the same. How long it
 * takes is measured by {@code bench/scale}.
 */
class OpeningTest {
  private static final int TORRENTS = 20;
  private static final int BYTES = 50_000;
  private static final String INFO = "4:infod";

  @TempDir Path temp;

  private ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback()).keep(temp.resolve("state"));
  }

  @Test
  void torrentFilesAndDataAreNotRead() throws Exception {
    Path data = temp.resolve("data");
    try (Client client = Client.open(config())) {
      for (int i = 0; i < TORRENTS; i++) {
        TestTorrent torrent = TestTorrent.random(data, "file-" + i, BYTES, i, Version.V1);
        TorrentHandle handle = client.add(torrent.bytes(), AddOptions.into(data).withoutTrackers());
        handle.awaitCompletion();
        handle.stop().toCompletableFuture().join();
      }
    }
    assertThat(spoil(temp.resolve("state").resolve("state.db"))).isGreaterThanOrEqualTo(TORRENTS);
    for (int i = 0; i < TORRENTS; i++) {
      Files.delete(data.resolve("file-" + i));
    }
    Files.delete(data);
    try (Client client = Client.open(config())) {
      assertThat(client.stateReport().orElseThrow().kind()).isEqualTo(StartReport.Kind.CLEAN);
      assertThat(client.snapshot())
          .hasSize(TORRENTS)
          .allSatisfy(s -> {
            assertThat(s.phase()).isEqualTo(Phase.STOPPED);
            assertThat(s.haveBytes()).isEqualTo(BYTES);
          });
      // They cannot be read indeed.
      TorrentHandle one = client.torrents().getFirst();
      one.start().toCompletableFuture().join();
      assertThat(awaitFault(client, one).havePieces()).isPositive();
    }
  }

  private static TorrentSnapshot awaitFault(Client client, TorrentHandle handle) throws Exception {
    try (EventStream events = client.events()) {
      TorrentSnapshot snapshot = handle.snapshot().orElseThrow();
      while (snapshot.fault().isEmpty()) {
        events.next(Duration.ofMillis(100));
        snapshot = handle.snapshot().orElseThrow();
      }
      return snapshot;
    }
  }

  /** Damages every torrent file in {@code database}, which looks as before; gives their number. */
  private static int spoil(Path database) throws Exception {
    FileTime time = Files.getLastModifiedTime(database);
    byte[] bytes = Files.readAllBytes(database);
    String text = new String(bytes, ISO_8859_1);
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(INFO); at >= 0; at = text.indexOf(INFO, at + 1)) {
      places.add(at);
      bytes[at + INFO.length() - 1] = 'x';
    }
    Files.write(database, bytes);
    Files.setLastModifiedTime(database, time);
    return places.size();
  }
}
