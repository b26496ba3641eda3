package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.engine.session.TorrentSnapshot.Phase.DOWNLOADING;
import static sluice.engine.session.TorrentSnapshot.Phase.QUEUED;
import static sluice.engine.session.TorrentSnapshot.Phase.STOPPED;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.policy.Bound;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerRate;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.QueueMove;
import sluice.engine.session.Terms;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.state.StateStore;
import sluice.state.record.Setting;

/** Queue, share limits and profiles are as before after a restart. */
class KeptPoliciesTest {
  private static final QueueLimits ONE = new QueueLimits(1, 1, 1, 1);

  private static final Endpoint ANY_LOOPBACK = new Endpoint(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path temp;

  private ClientConfig kept() {
    return ClientConfig.of(EngineConfig.defaults(List.of(ANY_LOOPBACK)))
        .keep(temp.resolve("state"));
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  /** Adds {@code count} torrents of which nothing is there. */
  private List<InfoHashes> add(Client client, int count) throws Exception {
    List<InfoHashes> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestTorrent torrent =
          TestTorrent.random(temp.resolve("source"), "t" + i, 100_000, i, Version.V1);
      AddOptions options = AddOptions.into(temp.resolve("data")).withoutTrackers();
      all.add(client.add(torrent.bytes(), options).hashes());
    }
    return all;
  }

  private static Phase phase(Client client, InfoHashes torrent) {
    return client.snapshot(torrent).orElseThrow().phase();
  }

  /** Reads events until the torrent is in {@code phase}. */
  private static void await(Client client, EventStream events, InfoHashes torrent, Phase phase)
      throws InterruptedException {
    while (phase(client, torrent) != phase) {
      events.next(java.time.Duration.ofMillis(100));
    }
  }

  private static List<InfoHashes> order(Client client) {
    return client.snapshot().stream()
        .sorted(Comparator.comparingLong(s -> s.place().order()))
        .map(TorrentSnapshot::torrent)
        .toList();
  }

  @Test
  void theQueueIsAsItWas() throws Exception {
    List<InfoHashes> all;
    try (Client client = Client.open(kept());
        EventStream events = client.events()) {
      done(client.policies().queue(ONE));
      all = add(client, 4);
      await(client, events, all.get(0), DOWNLOADING);
      await(client, events, all.get(1), QUEUED);
      done(new TorrentHandle(client, all.get(3)).force());
      await(client, events, all.get(3), DOWNLOADING);
      done(new TorrentHandle(client, all.get(2)).move(new QueueMove.Top()));
      done(new TorrentHandle(client, all.get(0)).stop());
    }
    List<InfoHashes> wanted = List.of(all.get(2), all.get(0), all.get(1), all.get(3));
    try (Client client = Client.open(kept());
        EventStream events = client.events()) {
      assertThat(order(client)).isEqualTo(wanted);
      await(client, events, all.get(2), DOWNLOADING);
      await(client, events, all.get(3), DOWNLOADING);
      assertThat(phase(client, all.get(1))).isEqualTo(QUEUED);
      assertThat(phase(client, all.get(0))).isEqualTo(STOPPED);
      assertThat(client.snapshot(all.get(3)).orElseThrow().place().forced()).isTrue();
      TestTorrent more = TestTorrent.random(temp.resolve("source"), "x", 9, 9, Version.V1);
      AddOptions options = AddOptions.into(temp.resolve("data")).withoutTrackers().stopped();
      InfoHashes last = client.add(more.bytes(), options).hashes();
      assertThat(order(client)).endsWith(last);
      done(client.policies().queue(QueueLimits.OPEN));
      await(client, events, all.get(1), DOWNLOADING);
    }
  }

  @Test
  void shareLimitsAreKept() throws Exception {
    ShareRule own =
        new ShareRule(
            Bound.at(2_500),
            Bound.never(),
            Bound.at(60_000_000_000L),
            Optional.of(ShareAction.STOP));
    try (Client client = Client.open(kept())) {
      InfoHashes torrent = add(client, 1).getFirst();
      done(new TorrentHandle(client, torrent).share(own));
    }
    List<TorrentSpec> specs = new ArrayList<>();
    Startup startup =
        new Startup(
            event -> {},
            spec -> {
              specs.add(spec);
              return spec;
            });
    Client.open(kept(), startup).close();
    assertThat(specs.getFirst().terms().share()).isEqualTo(own);
  }

  @Test
  void whatHasSharedEnoughIsStoppedAfterARestartToo() throws Exception {
    TestTorrent torrent = TestTorrent.random(temp.resolve("source"), "t", 9_999, 1, Version.V1);
    ShareRule atOnce =
        new ShareRule(Bound.inherit(), Bound.at(0), Bound.inherit(), Optional.of(ShareAction.STOP));
    InfoHashes hashes;
    try (Client client = Client.open(kept());
        EventStream events = client.events()) {
      done(client.policies().share(atOnce));
      AddOptions options = AddOptions.into(torrent.folder()).withoutTrackers();
      hashes = client.add(torrent.bytes(), options).hashes();
      await(client, events, hashes, STOPPED);
    }
    try (Client client = Client.open(kept())) {
      assertThat(phase(client, hashes)).isEqualTo(STOPPED);
    }
  }

  @Test
  void aClassAndItsRuleHoldAgain() throws Exception {
    TestTorrent torrent = TestTorrent.random(temp.resolve("source"), "t", 9_999, 1, Version.V1);
    ShareRule atOnce =
        new ShareRule(Bound.inherit(), Bound.at(0), Bound.inherit(), Optional.of(ShareAction.STOP));
    PeerRate rate = new PeerRate(123_456, 654_321);
    InfoHashes hashes;
    try (Client client = Client.open(kept())) {
      done(client.policies().classShares(Map.of("brief", atOnce)));
      AddOptions options = AddOptions.into(torrent.folder()).withoutTrackers().stopped();
      TorrentHandle added =
          client.add(
              torrent.bytes(), options.terms(Terms.DEFAULT.in("long").maxPeers(7).uploadSlots(2)));
      hashes = added.hashes();
      done(added.bandwidthClass("brief"));
      done(added.peerRates(rate));
    }
    List<Terms> terms = new ArrayList<>();
    BlockingQueue<EngineEvent> told = new LinkedBlockingQueue<>();
    Startup startup =
        new Startup(
            told::add,
            spec -> {
              terms.add(spec.terms());
              return spec;
            });
    try (Client client = Client.open(kept(), startup)) {
      Terms again = terms.getFirst();
      assertThat(again.bandwidthClass()).isEqualTo("brief");
      assertThat(again.peerRate()).isEqualTo(rate);
      assertThat(again.maxPeers()).isEqualTo(7);
      assertThat(again.uploadSlots()).isEqualTo(2);
      done(new TorrentHandle(client, hashes).start());
      EngineEvent enough = new EngineEvent.SharedEnough(hashes, ShareAction.STOP);
      EngineEvent next = told.poll(60, TimeUnit.SECONDS);
      while (next != null && !next.equals(enough)) {
        next = told.poll(60, TimeUnit.SECONDS);
      }
      assertThat(next).isEqualTo(enough);
    }
  }

  /** Files have their whole room before a byte comes, wherever they are begun. */
  @Test
  void filesAreAllocatedInWholeIfThatIsWanted() throws Exception {
    TestTorrent torrent = TestTorrent.random(temp.resolve("source"), "t", 99_999, 1, Version.V1);
    for (boolean keeps : List.of(true, false)) {
      Path folder = temp.resolve("data" + keeps);
      AddOptions options = AddOptions.into(folder).withoutTrackers().allocated();
      if (keeps) {
        try (Client client = Client.open(kept())) {
          client.add(torrent.bytes(), options.stopped());
        }
      }
      ClientConfig config =
          keeps ? kept() : ClientConfig.of(EngineConfig.defaults(List.of(ANY_LOOPBACK)));
      try (Client client = Client.open(config);
          EventStream events = client.events()) {
        TorrentHandle handle =
            keeps ? client.torrents().getFirst() : client.add(torrent.bytes(), options);
        done(handle.start());
        await(client, events, handle.hashes(), DOWNLOADING);
        assertThat(folder.resolve("t")).hasSize(99_999);
      }
    }
  }

  @Test
  void theChosenProfileHoldsAgain() throws Exception {
    try (Client client = Client.open(kept())) {
      done(
          client
              .policies()
              .choose(Optional.of(Profile.always("slow", BandwidthPlan.limits(9, 9)))));
    }
    List<EngineEvent> told = new ArrayList<>();
    try (Client client = Client.open(kept(), new Startup(told::add, spec -> spec))) {
      done(client.policies().choose(Optional.empty()));
    }
    assertThat(told)
        .contains(
            new EngineEvent.ProfileHolds(Optional.of("slow")),
            new EngineEvent.ProfileHolds(Optional.empty()));
    told.clear();
    Client.open(kept(), new Startup(told::add, spec -> spec)).close();
    assertThat(told).noneMatch(EngineEvent.ProfileHolds.class::isInstance);
  }

  @Test
  void aSettingThatCannotBeReadIsNotReplacedByADefault() throws Exception {
    try (StateStore store = StateStore.open(temp.resolve("state"))) {
      done(store.set("policy.queue", Setting.of("d6:activei1ee")));
    }
    assertThatThrownBy(() -> Client.open(kept()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("policy.queue");
    StateStore.open(temp.resolve("state")).close();
  }
}
