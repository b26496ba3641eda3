package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.address.HostPort;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StateStore;
import sluice.state.record.Source;
import sluice.state.record.TorrentRow;

class MagnetTest {
  private static final int SIZE = 1_000_000;

  @TempDir Path temp;

  private static ClientConfig config() {
    return ClientConfig.of(EngineConfig.loopback());
  }

  private static Client seed(TestTorrent torrent) throws Exception {
    Client seed = Client.open(config());
    seed.add(torrent.bytes(), AddOptions.into(torrent.folder()).withoutTrackers())
        .awaitCompletion();
    return seed;
  }

  private AddOptions options(Client seed) {
    return AddOptions.into(temp.resolve("copy"))
        .peers(List.of(new HostPort("127.0.0.1", seed.port())));
  }

  private TestTorrent torrent(Version version) throws Exception {
    return TestTorrent.random(temp.resolve("source"), "a.bin", SIZE, 11, version);
  }

  private void assertCopied(TestTorrent torrent) {
    assertThat(temp.resolve("copy/a.bin"))
        .hasSameBinaryContentAs(torrent.folder().resolve("a.bin"));
  }

  @Test
  void aMagnetThatNamesOneHashOfTwoDownloadsAndItsHandleGoesOn() throws Exception {
    TestTorrent torrent = torrent(Version.HYBRID);
    try (Client seed = seed(torrent);
        Client leech = Client.open(config());
        EventStream events = leech.events()) {
      TorrentHandle handle = leech.add(torrent.magnet(false).toUri(), options(seed));
      assertThat(handle.completion().toCompletableFuture()).isNotCompletedExceptionally();
      handle.awaitCompletion();
      assertCopied(torrent);
      assertThat(handle.hashes()).isEqualTo(torrent.metainfo().info().hashes());
      assertThat(handle.snapshot().orElseThrow().torrent()).isEqualTo(handle.hashes());
      assertThat(first(events, EngineEvent.MetadataReceived.class).torrent())
          .isEqualTo(torrent.magnet(false).hashes());
      handle.stop().toCompletableFuture().join();
      assertThat(handle.snapshot().orElseThrow().phase()).isEqualTo(Phase.STOPPED);
      handle.remove().toCompletableFuture().join();
      assertThat(handle.snapshot()).isEmpty();
      assertThat(leech.snapshot()).isEmpty();
    }
  }

  /** Nobody has to be asked for what its user has. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeptMagnetGoesOnWithItsTorrentFile(boolean running) throws Exception {
    TestTorrent torrent = torrent(Version.HYBRID);
    Path state = temp.resolve("state");
    AddOptions options = AddOptions.into(torrent.folder()).withoutTrackers();
    try (Client client = Client.open(config().keep(state))) {
      client.add(torrent.magnet(false), running ? options : options.stopped());
    }
    try (Client client = Client.open(config().keep(state));
        EventStream events = client.events()) {
      TorrentHandle handle = client.torrents().getFirst();
      Metainfo other =
          TestTorrent.random(temp.resolve("other"), "b.bin", SIZE, 12, Version.V1).metainfo();
      assertThatThrownBy(() -> handle.metainfo(other).toCompletableFuture().join())
          .hasRootCauseMessage("these are the metadata of another torrent");
      assertThat(handle.metainfo()).isEmpty();
      handle.metainfo(torrent.metainfo()).toCompletableFuture().join();
      first(events, EngineEvent.MetadataReceived.class);
      assertThat(handle.metainfo()).map(m -> m.info().hashes()).contains(handle.hashes());
      handle.start().toCompletableFuture().join();
      handle.awaitCompletion();
      assertThat(handle.snapshot().orElseThrow().downloaded()).isZero();
    }
    try (Client again = Client.open(config().keep(state))) {
      assertThat(again.torrents().getFirst().hashes())
          .isEqualTo(torrent.metainfo().info().hashes());
      assertThat(again.torrents().getFirst().metainfo()).isPresent();
    }
  }

  @Test
  void metadataAreKeptWhenTheyAreToldOf() throws Exception {
    TestTorrent torrent = torrent(Version.HYBRID);
    Path state = temp.resolve("state");
    try (Client seed = seed(torrent);
        Client leech = Client.open(config().keep(state));
        EventStream events = leech.events()) {
      leech.add(torrent.magnet(false), options(seed)).awaitCompletion();
      first(events, EngineEvent.MetadataReceived.class);
    }
    assertCopied(torrent);
    try (Client alone = Client.open(config().keep(state))) {
      TorrentHandle again = alone.torrents().getFirst();
      again.awaitCompletion();
      assertThat(again.hashes()).isEqualTo(torrent.metainfo().info().hashes());
    }
    try (StateStore store = StateStore.open(state)) {
      TorrentRow row = only(store);
      assertThat(row.torrent().name()).isEqualTo("a.bin");
      assertThat(row.torrent().content().sizeBytes()).isEqualTo(SIZE);
      assertThat(row.counters().completedMillis()).isPositive();
    }
  }

  @Test
  void aMagnetWaitsOverAnEndOfTheProgramAndFindsItsPeersAgain() throws Exception {
    TestTorrent torrent = torrent(Version.V1);
    Path state = temp.resolve("state");
    try (Client seed = seed(torrent)) {
      try (Client leech = Client.open(config().keep(state))) {
        TorrentHandle handle = leech.add(torrent.magnet(true), options(seed).stopped());
        assertThat(handle.snapshot().orElseThrow().phase()).isEqualTo(Phase.STOPPED);
        assertThatThrownBy(() -> leech.add(torrent.magnet(true), options(seed)))
            .isInstanceOf(ClientException.class)
            .hasMessageContaining("it is there already");
      }
      try (Client leech = Client.open(config().keep(state))) {
        TorrentHandle again = leech.torrents().getFirst();
        again.start().toCompletableFuture().join();
        again.awaitCompletion();
      }
    }
    assertCopied(torrent);
  }

  @Test
  void pieceLayersThatPeersGaveAreKept() throws Exception {
    TestTorrent torrent = torrent(Version.V2);
    Path state = temp.resolve("state");
    try (Client seed = seed(torrent);
        Client leech = Client.open(config().keep(state));
        EventStream events = leech.events()) {
      leech.add(torrent.magnet(true), options(seed)).awaitCompletion();
      first(events, EngineEvent.LayersCame.class);
    }
    assertCopied(torrent);
    try (StateStore store = StateStore.open(state)) {
      Optional<Source> source = store.reads().source(only(store).id());
      assertThat(source).get().isInstanceOf(Source.Metainfo.class);
      Metainfo kept = MetainfoParser.parse(((Source.Metainfo) source.orElseThrow()).bytes());
      assertThat(kept.pieceLayers().keySet())
          .isEqualTo(torrent.metainfo().pieceLayers().keySet())
          .isNotEmpty();
    }
  }

  @Test
  void whatIsNotAMagnetIsRefused() {
    try (Client client = Client.open(config())) {
      assertThatThrownBy(() -> client.add("magnet:?dn=x", AddOptions.into(temp)))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("not a magnet link");
    }
  }

  private static TorrentRow only(StateStore store) {
    List<TorrentRow> rows = new ArrayList<>();
    store.reads().forEachRow(rows::add);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  /** The first event of {@code type}; fails if none is among those that come. */
  private static <T extends EngineEvent> T first(EventStream events, Class<T> type)
      throws InterruptedException {
    while (true) {
      EngineEvent event = events.next(Duration.ofSeconds(30)).orElseThrow();
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }
}
