package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.filter.FilterReader;
import sluice.protocol.filter.IpFilter;
import sluice.state.fault.StateException;

class ClientTest {
  private static final long SEED = 7;

  @TempDir Path temp;

  private static ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  private TestTorrent torrent(String name, int bytes) throws Exception {
    byte[] data = new byte[bytes];
    new Random(SEED + bytes).nextBytes(data);
    Path folder = Files.createDirectories(temp.resolve("source"));
    Files.write(folder.resolve(name), data);
    return TestTorrent.of(folder, name);
  }

  @Test
  void oneClientDownloadsFromAnotherInTheSameProgram() throws Exception {
    TestTorrent torrent = torrent("a.bin", 3_000_000);
    try (Client seed = Client.open(config());
        Client leech = Client.open(config())) {
      TorrentHandle seeded =
          seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers());
      seeded.awaitCompletion();
      HostPort at = new HostPort("127.0.0.1", seed.port());
      Path copy = temp.resolve("copy");
      TorrentHandle got =
          leech.add(torrent.bytes(), AddOptions.into(copy).withoutTrackers().peers(List.of(at)));
      got.awaitCompletion();
      assertThat(copy.resolve("a.bin")).hasSameBinaryContentAs(torrent.folder().resolve("a.bin"));
      assertThatThrownBy(() -> leech.add(torrent.bytes(), AddOptions.into(copy)))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("it is there already");
    }
  }

  @Test
  void whatWasAddedIsThereAtTheNextStartAndIsNotCheckedAnew() throws Exception {
    TestTorrent torrent = torrent("b.bin", 2_000_000);
    Path state = temp.resolve("state");
    try (Client client = Client.open(config().keep(state))) {
      client
          .add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
          .awaitCompletion();
    }
    // The stamps of the files are trusted after a clean end: false data with them go unseen.
    Path file = torrent.folder().resolve("b.bin");
    FileTime before = Files.getLastModifiedTime(file);
    Files.write(file, new byte[2_000_000]);
    Files.setLastModifiedTime(file, before);
    try (Client client = Client.open(config().keep(state))) {
      TorrentHandle again = client.torrents().getFirst();
      again.awaitCompletion();
      assertThat(Snapshots.complete(again).pieces()).isPositive();
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 2_000));
    try (Client client = Client.open(config().keep(state))) {
      TorrentHandle changed = client.torrents().getFirst();
      List<TorrentSnapshot.Phase> seen = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() - end < 0) {
        TorrentSnapshot.Phase phase = changed.snapshot().orElseThrow().phase();
        seen.add(phase);
        if (phase == TorrentSnapshot.Phase.DOWNLOADING) {
          break;
        }
        Thread.onSpinWait();
      }
      assertThat(seen).last().isEqualTo(TorrentSnapshot.Phase.DOWNLOADING);
      assertThat(changed.snapshot().orElseThrow().havePieces()).isZero();
    }
  }

  @Test
  void aStoppedTorrentStaysStoppedAndARemovedOneStaysAway() throws Exception {
    TestTorrent kept = torrent("c.bin", 100_000);
    TestTorrent removed = torrent("d.bin", 100_001);
    Path state = temp.resolve("state");
    try (Client client = Client.open(config().keep(state))) {
      client
          .add(kept.bytes(), AddOptions.into(kept.folder()).withoutTrackers())
          .stop()
          .toCompletableFuture()
          .join();
      client
          .add(removed.bytes(), AddOptions.into(removed.folder()).withoutTrackers())
          .remove()
          .toCompletableFuture()
          .join();
    }
    try (Client client = Client.open(config().keep(state))) {
      List<TorrentHandle> all = client.torrents();
      assertThat(all).hasSize(1);
      assertThat(all.getFirst().snapshot().orElseThrow().phase())
          .isEqualTo(TorrentSnapshot.Phase.STOPPED);
    }
  }

  @Test
  void aStateFolderIsForOneClientAtATime() {
    Path state = temp.resolve("state");
    try (Client client = Client.open(config().keep(state))) {
      assertThat(client.snapshot()).isEmpty();
      assertThatThrownBy(() -> Client.open(config().keep(state)).close())
          .isInstanceOf(StateException.class);
    }
  }

  @Test
  void nothingIsExchangedWithBlockedAddressesUntilTheyAreAllowed() throws Exception {
    TestTorrent torrent = torrent("e.bin", 3_000_000);
    TestTorrent second = torrent("f.bin", 3_000_001);
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    IpFilter filter = FilterReader.read("127.0.0.1".getBytes(StandardCharsets.US_ASCII)).filter();
    EngineConfig there = EngineConfig.defaults(List.of(new Endpoint(other, 0)));
    try (Client blocked = Client.open(config());
        Client allowed = Client.open(ClientConfig.of(there));
        Client leech = Client.open(config().block(filter))) {
      List<HostPort> both =
          List.of(
              new HostPort("127.0.0.1", blocked.port()), new HostPort("127.0.0.2", allowed.port()));
      AddOptions seeding = AddOptions.into(torrent.folder()).withoutTrackers();
      AddOptions getting = AddOptions.into(temp.resolve("copy")).withoutTrackers().peers(both);
      TorrentHandle never = blocked.add(torrent.bytes(), seeding);
      never.awaitCompletion();
      allowed.add(torrent.bytes(), seeding).awaitCompletion();
      leech.add(torrent.bytes(), getting).awaitCompletion();
      assertThat(never.snapshot().orElseThrow().uploaded()).isZero();
      leech.block(IpFilter.EMPTY).toCompletableFuture().join();
      blocked.add(second.bytes(), seeding).awaitCompletion();
      leech.add(second.bytes(), getting).awaitCompletion();
    }
  }

  @Test
  void whatIsNotATorrentIsRefused() {
    try (Client client = Client.open(config())) {
      assertThatThrownBy(() -> client.add(new byte[] {'x'}, AddOptions.into(temp)))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("not a torrent file");
    }
  }
}
