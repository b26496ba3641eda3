package sluice.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

class ResumptionTest {
  private static final HostPort OLD = new HostPort("192.0.2.1", 1);
  private static final HostPort MORE = new HostPort("192.0.2.2", 2);
  private static final Hash HASH = Hash.sha1(new byte[] {1});

  /** A torrent that was added in this way. */
  private static TorrentSpec spec(boolean all, Optional<List<String>> webSeeds) {
    TorrentSource source = handler -> {};
    InfoHashes hashes = new InfoHashes(Optional.of(HASH), Optional.empty());
    return new TorrentSpec(hashes, source, true, all, all, List.of(OLD), 5, 6).webSeeds(webSeeds);
  }

  private static Resumption resumption(boolean all, Optional<List<String>> webSeeds) {
    return new Resumption(all, all, List.of(OLD, MORE), webSeeds, List.of());
  }

  @Test
  void byThemselvesTorrentsGoOnAsTheyWere() {
    for (boolean all : new boolean[] {true, false}) {
      TorrentSpec spec = spec(all, Optional.of(List.of("http://w")));
      assertThat(Resumption.UNCHANGED.applied(spec)).isEqualTo(spec);
    }
  }

  @Test
  void whatIsGivenThisTimeIsAddedOrLeftOut() {
    TorrentSpec spec = spec(true, Optional.of(List.of("http://w")));
    TorrentSpec more = resumption(true, Optional.of(List.of("http://x"))).applied(spec);
    assertThat(more.peers()).containsExactly(OLD, MORE);
    assertThat(more.webSeeds()).contains(List.of("http://w", "http://x"));
    assertThat(more.downBytesPerSecond()).isEqualTo(5);
    TorrentSpec less = resumption(false, Optional.empty()).applied(spec);
    assertThat(less.download()).isFalse();
    assertThat(less.trackers()).isFalse();
    assertThat(less.webSeeds()).isEmpty();
  }

  @Test
  void onlyThoseThatAreNamedDoWhatTheyDidNotBefore() {
    TorrentSpec spec = spec(false, Optional.empty());
    Resumption all = resumption(true, Optional.of(List.of("http://x")));
    assertThat(all.applied(spec).download()).isFalse();
    assertThat(all.applied(spec).trackers()).isFalse();
    assertThat(all.applied(spec).webSeeds()).isEmpty();
    TorrentSpec named = all.naming(List.of(HASH)).applied(spec);
    assertThat(named.download()).isTrue();
    assertThat(named.trackers()).isTrue();
    assertThat(named.webSeeds()).contains(List.of("http://x"));
    TorrentSpec seeded = resumption(false, Optional.empty()).naming(List.of(HASH)).applied(spec);
    assertThat(seeded.download()).isFalse();
  }
}
