package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.storage.hashing.TorrentMaker;

/** Pieces that are larger than what comes in one run. */
class KeptPiecesTest {
  private static final long SEED = 3;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int BYTES = 2 << 20;
  private static final int ONE_RUN_BYTES = 300_000;

  /** What was on its way when a run ended. */
  private static final int SLACK_BYTES = 400_000;

  @TempDir Path temp;

  private static EngineConfig engine() {
    return EngineConfig.loopback();
  }

  /** One piece of two MiB, in several runs: without what they leave it would never be complete. */
  @Test
  void whatCameOfAPieceIsThereInTheNextRun() throws Exception {
    byte[] data = new byte[BYTES];
    new Random(SEED).nextBytes(data);
    Path file = Files.createDirectories(temp.resolve("source")).resolve("f");
    Files.write(file, data);
    byte[] torrent =
        TorrentMaker.make(
                file, options -> options.version(Version.V1).pieceLength(BYTES), (d, t) -> {})
            .bytes();
    try (Client seed = Client.open(ClientConfig.of(engine().limits(0, 1 << 20)))) {
      seed.add(torrent, AddOptions.into(temp.resolve("source")).withoutTrackers())
          .awaitCompletion();
      int runs = 0;
      while (!isCompleteAfterARun(torrent, seed.port())) {
        runs++;
      }
      assertThat(runs).isGreaterThan(1);
      long sent = seed.snapshot().getFirst().uploaded();
      assertThat(sent).isLessThan(BYTES + (long) runs * SLACK_BYTES);
    }
    assertThat(temp.resolve("data").resolve("f")).hasBinaryContent(data);
  }

  private boolean isCompleteAfterARun(byte[] torrent, int port) throws Exception {
    List<HostPort> peers = List.of(new HostPort("127.0.0.1", port));
    try (Client client = Client.open(ClientConfig.of(engine()).keep(temp.resolve("state")));
        EventStream events = client.events()) {
      TorrentHandle handle =
          client.torrents().isEmpty()
              ? client.add(
                  torrent, AddOptions.into(temp.resolve("data")).withoutTrackers().peers(peers))
              : client.torrents().getFirst();
      long before = handle.snapshot().map(TorrentSnapshot::downloaded).orElse(0L);
      while (true) {
        TorrentSnapshot now = handle.snapshot().orElseThrow();
        if (now.phase() == TorrentSnapshot.Phase.SEEDING) {
          return true;
        }
        if (now.downloaded() - before >= ONE_RUN_BYTES) {
          return false;
        }
        events.next(PAUSE);
      }
    }
  }
}
