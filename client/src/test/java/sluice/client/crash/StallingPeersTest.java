package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.HostPort;
import sluice.testkit.Child;

/**
 * Hundreds of peers ask for blocks and do not read them: memory stays within its budget, and
 * another peer gets what it asks for. The seed has 256 MiB of heap and 64 MiB for blocks.
 */
class StallingPeersTest {
  private static final int PEERS = 500;
  private static final int BYTES = 16 << 20;
  private static final int PIECE = 1 << 18;

  /** Direct memory of the network library and of the disk's threads, beside the blocks. */
  private static final long OTHER_DIRECT_BYTES = 16 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void takeNoMoreThanTheBudget() throws Exception {
    Goods goods = Goods.make(folder, 0, BYTES, PIECE, "http://127.0.0.1:9/announce");
    Path torrent = Files.write(folder.resolve("goods.torrent"), goods.torrentFile());
    Path errors = folder.resolve("errors");
    List<String> command = Child.command(CrowdedSeed.class, torrent.toString(), folder.toString());
    List<StallingPeer> peers = new ArrayList<>();
    try (Child seed = Child.start(command, "", errors)) {
      int port = (int) number(seed, errors);
      byte[] hash = goods.hashes().v1().orElseThrow().bytes();
      for (int i = 0; i < PEERS; i++) {
        peers.add(new StallingPeer(port, hash, i, goods.pieceCount(), PIECE));
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (StallingPeer peer : peers) {
        peer.stall(end);
      }
      long begin = System.nanoTime();
      download(goods, port);
      System.out.printf("another took %.1f s%n", (System.nanoTime() - begin) / 1e9);
      int served = 0;
      for (StallingPeer peer : peers) {
        served += peer.isServed() ? 1 : 0;
      }
      seed.say("");
      long most = number(seed, errors);
      long direct = number(seed, errors);
      long heap = number(seed, errors);
      long residentKib = number(seed, errors);
      long budget = number(seed, errors);
      System.out.printf(
          "%d peers, %d served: direct %d KiB of a budget of %d, heap %d KiB, resident %d KiB%n",
          most, served, direct >> 10, budget >> 10, heap >> 10, residentKib);
      assertThat(most).isGreaterThanOrEqualTo(PEERS);
      assertThat(served).isEqualTo(PEERS);
      assertThat(direct).isGreaterThan(0).isLessThanOrEqualTo(budget + OTHER_DIRECT_BYTES);
    } finally {
      for (StallingPeer peer : peers) {
        peer.close();
      }
    }
  }

  private void download(Goods goods, int port) throws Exception {
    EngineConfig engine = EngineConfig.loopback();
    Path target = folder.resolve("target");
    try (Client client = Client.open(ClientConfig.of(engine))) {
      HostPort seed = new HostPort("127.0.0.1", port);
      client
          .add(goods.torrentFile(), AddOptions.into(target).withoutTrackers().peers(List.of(seed)))
          .awaitCompletion();
    }
    assertThat(goods.right(target).cardinality()).isEqualTo(goods.pieceCount());
  }

  private static long number(Child seed, Path errors) throws IOException {
    Optional<String> line = seed.line();
    assertThat(line).as(Files.readString(errors)).isPresent();
    return Long.parseLong(line.orElseThrow());
  }
}
