package sluice.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store against maps, and what it says about chance, time, limits and memory. */
final class SwarmStoreTest {
  private static final StoreLimits LIMITS = StoreLimits.DEFAULT;
  private static final int STEPS = Integer.getInteger("sluice.steps", 3_000);

  private final Visit visit = new Visit();
  private final ByteBuffer out = ByteBuffer.allocate(40_000);

  private Set<Model.Who> answer() {
    Set<Model.Who> peers = new HashSet<>();
    int at = 0;
    for (int i = 0; i < visit.peers4(); i++, at += 6) {
      int number = (out.getInt(at) - 0x0a000000) * 7 + (out.getShort(at + 4) & 0xffff) - 1;
      assertThat(peers.add(new Model.Who(false, number))).as("nobody twice").isTrue();
    }
    for (int i = 0; i < visit.peers6(); i++, at += 18) {
      int number = (int) (out.getLong(at) & 0xffffffffL) * 7 + (out.getShort(at + 16) & 0xffff) - 1;
      assertThat(peers.add(new Model.Who(true, number))).as("nobody twice").isTrue();
    }
    assertThat(out.position()).isEqualTo(at);
    return peers;
  }

  private void announce(SwarmStore store, int hash, Model.Who who, int seconds, long random) {
    visit.hash(hash, hash * 3L, hash);
    Model.identify(visit, who);
    out.clear();
    store.announce(visit, seconds, random, out);
  }

  @ParameterizedTest
  @CsvSource({"1,3,10", "2,40,30", "3,2,400", "4,500,5", "5,1,2000"})
  void doesWhatMapsDo(long seed, int hashes, int people) {
    Random random = new Random(seed);
    SwarmStore store = new SwarmStore(random.nextLong(), LIMITS);
    Model model = new Model();
    int seconds = random.nextInt();
    for (int step = 0; step < STEPS; step++) {
      String where = "seed " + seed + ", step " + step;
      int hash = random.nextInt(hashes);
      Model.Who who = new Model.Who(random.nextInt(4) == 0, random.nextInt(people));
      Role role = Role.values()[random.nextInt(3)];
      boolean stopped = random.nextInt(people > 100 && step < STEPS / 2 ? 20 : 3) == 0;
      boolean both = random.nextBoolean();
      int want = random.nextInt(60);
      visit.role(role).want(want, both);
      if (stopped) {
        visit.stopped();
      }
      Map<Model.Who, Model.Known> swarm = model.swarm(hash);
      boolean known = swarm.containsKey(who);
      announce(store, hash, who, seconds, random.nextLong());
      Set<Model.Who> peers = answer();
      assertThat(swarm.keySet()).as(where).containsAll(peers);
      assertThat(peers).as(where).doesNotContain(who);
      long possible =
          swarm.entrySet().stream()
              .filter(e -> !e.getKey().equals(who))
              .filter(e -> both || e.getKey().ipv6() == who.ipv6())
              .filter(e -> role == Role.DOWNLOADER || e.getValue().role() == Role.DOWNLOADER)
              .count();
      assertThat(peers.size()).as(where).isEqualTo(stopped ? 0 : Math.min(want, possible));
      assertThat(visit.isKnown()).as(where).isEqualTo(known);
      if (stopped) {
        swarm.remove(who);
      } else {
        swarm.put(who, new Model.Known(role, seconds));
      }
      assertThat(visit.seeds()).as(where).isEqualTo(model.count(hash, Role.SEED));
      assertThat(visit.downloaders()).as(where).isEqualTo(model.count(hash, Role.DOWNLOADER));
      assertThat(visit.leeches())
          .as(where)
          .isEqualTo(model.count(hash, Role.DOWNLOADER) + model.count(hash, Role.PARTIAL_SEED));
      if (step % 100 == 99) {
        seconds += random.nextInt(40);
        for (int i = 0; i < 64; i++) {
          store.sweep(seconds, 300, 64);
        }
        model.expire(seconds, 300);
        same(store, model, where);
      }
    }
  }

  private void same(SwarmStore store, Model model, String where) {
    StoreCounts counts = store.counts();
    assertThat(counts.swarms()).as(where).isEqualTo(model.swarms.size());
    long peers = model.swarms.values().stream().mapToLong(Map::size).sum();
    assertThat(counts.peers()).as(where).isEqualTo(peers);
    long seeds = model.swarms.keySet().stream().mapToLong(h -> model.count(h, Role.SEED)).sum();
    assertThat(counts.seeds()).as(where).isEqualTo(seeds);
    for (int hash : model.swarms.keySet()) {
      visit.hash(hash, hash * 3L, hash);
      assertThat(store.scrape(visit)).as(where).isTrue();
      assertThat(visit.seeds()).as(where).isEqualTo(model.count(hash, Role.SEED));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5", "10,50", "50,51", "50,1000", "7,64"})
  void everyoneIsGivenEquallyOften(int want, int peers) {
    Random random = new Random(9);
    SwarmStore store = new SwarmStore(1, LIMITS);
    for (int i = 0; i < peers; i++) {
      announce(store, 1, new Model.Who(false, i), 0, random.nextLong());
    }
    int[] given = new int[peers];
    int rounds = 60 * peers / want;
    for (int i = 0; i < rounds; i++) {
      visit.role(Role.DOWNLOADER).want(want, false);
      announce(store, 1, new Model.Who(false, peers), 0, random.nextLong());
      answer().forEach(who -> given[who.number()]++);
      visit.role(Role.DOWNLOADER).stopped();
      announce(store, 1, new Model.Who(false, peers), 0, random.nextLong());
    }
    double expected = (double) rounds * want / peers;
    double chiSquare = 0;
    for (int count : given) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // Mean peers - 1, deviation sqrt(2 (peers - 1)); six deviations do not happen by chance.
    assertThat(chiSquare).isLessThan(peers - 1 + 6 * Math.sqrt(2.0 * (peers - 1)));
  }

  @Test
  void completionsCountOncePerPeer() {
    SwarmStore store = new SwarmStore(1, LIMITS);
    Model.Who who = new Model.Who(false, 3);
    visit.role(Role.DOWNLOADER).want(0, false);
    announce(store, 1, who, 0, 1);
    for (int i = 0; i < 3; i++) {
      visit.role(Role.SEED).completed();
      announce(store, 1, who, 1, 1);
    }
    assertThat(visit.downloads()).isEqualTo(1);
    assertThat(visit.seeds()).isEqualTo(1);
  }

  @Test
  void whatIsTooMuchIsAnsweredAndNotKept() {
    SwarmStore store = new SwarmStore(1, new StoreLimits(1_000_000, 1_000_000, 5));
    visit.role(Role.DOWNLOADER).want(50, false);
    for (int i = 0; i < 9; i++) {
      announce(store, 1, new Model.Who(false, i), 0, 1);
      assertThat(visit.isStored()).isEqualTo(i < 5);
    }
    assertThat(answer()).hasSize(5);
    SwarmStore tiny = new SwarmStore(1, new StoreLimits(32, 1_000, 50));
    for (int i = 0; i < 1_000; i++) {
      announce(tiny, i, new Model.Who(false, i), 0, 1);
    }
    assertThat(tiny.counts().swarms()).isLessThanOrEqualTo(64);
    assertThat(tiny.scrape(visit.hash(5, 5, 5))).isFalse();
  }

  @Test
  void memoryIsSmallAndComesBack() {
    Random random = new Random(4);
    SwarmStore store = new SwarmStore(1, LIMITS);
    int peers = 200_000;
    visit.role(Role.DOWNLOADER).want(0, false);
    for (int i = 0; i < peers; i++) {
      announce(store, random.nextInt(peers / 10), new Model.Who(false, i), 0, random.nextLong());
    }
    for (int i = 0; i < peers; i++) {
      announce(store, -1, new Model.Who(false, i), 0, random.nextLong());
    }
    StoreCounts counts = store.counts();
    assertThat(counts.peers()).isEqualTo(2 * peers);
    assertThat(counts.bytes()).isLessThan(40 * counts.peers());
    // Each turn of the hand has only so much time for one shard, and half of all are in one.
    for (int i = 0; i < 64 * 32; i++) {
      store.sweep(2_000, 1_000, 64);
    }
    assertThat(store.counts().peers()).isZero();
    assertThat(store.counts().swarms()).isZero();
    long before = store.counts().bytes();
    for (int i = 0; i < peers; i++) {
      announce(store, random.nextInt(peers / 10), new Model.Who(false, i), 0, random.nextLong());
    }
    assertThat(store.counts().bytes()).isLessThan(before + before / 4);
  }
}
