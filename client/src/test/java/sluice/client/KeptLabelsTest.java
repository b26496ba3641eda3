package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.policy.QueueLimits;
import sluice.engine.session.EngineConfig;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** What the user calls torrents, and what is known of them, is there after a restart. */
class KeptLabelsTest {
  private static final int SIZE = 100_000;
  private static final long SEED = 5;

  @TempDir Path temp;

  private Client open() {
    return Client.open(ClientConfig.of(EngineConfig.loopback()).keep(temp.resolve("state")));
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  @Test
  void labelsAndNameAreKept() throws Exception {
    TestTorrent torrent =
        TestTorrent.random(temp.resolve("source"), "data", SIZE, SEED, Version.V1);
    try (Client client = open()) {
      TorrentHandle handle = client.add(torrent.bytes(), AddOptions.into(torrent.folder()));
      handle.awaitCompletion();
      done(handle.label("films", List.of("new", "seen")));
      done(handle.name("another name"));
      done(client.policies().queue(new QueueLimits(1, 2, 3, 4)));
      assertThat(handle.peers().toCompletableFuture().join()).isEmpty();
      assertThat(handle.pieces().toCompletableFuture().join().orElseThrow().have().isFull())
          .isTrue();
      assertThatThrownBy(() -> done(handle.label("x".repeat(257), List.of())))
          .hasMessageContaining("too long");
    }
    try (Client client = open()) {
      TorrentRecord record = client.records().getFirst();
      assertThat(client.torrent(record.torrent()).orElseThrow().record()).contains(record);
      assertThat(record.name()).isEqualTo("another name");
      assertThat(record.category()).isEqualTo("films");
      assertThat(record.tags()).containsExactly("new", "seen");
      assertThat(record.sizeBytes()).isEqualTo(SIZE);
      assertThat(record.folder()).isEqualTo(torrent.folder());
      assertThat(record.completed()).isPresent();
      assertThat(client.policies().queueLimits()).contains(new QueueLimits(1, 2, 3, 4));
      assertThat(client.policies().shareRule()).isEmpty();
    }
  }
}
