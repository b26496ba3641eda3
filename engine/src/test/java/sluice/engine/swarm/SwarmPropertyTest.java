package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.swarm.Peers.at;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.PeerLimits;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.protocol.address.Endpoint;

/** Random lives of a swarm: what holds after every step. */
class SwarmPropertyTest {
  private static final long SEED = Long.getLong("sluice.seed", 1234);
  private static final long SECOND = 1_000_000_000L;

  @Test
  void noAddressIsDialledTwiceAndTheBoundHolds() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 30; run++) {
      String what = "seed " + SEED + " run " + run;
      int capacity = random.nextInt(1, 40);
      KnownPeers peers = new KnownPeers(capacity);
      Set<Endpoint> busy = new LinkedHashSet<>();
      Set<Endpoint> banned = new LinkedHashSet<>();
      long now = random.nextLong();
      for (int step = 0; step < 2_000; step++) {
        now += random.nextLong(5 * SECOND);
        Endpoint any = at("192.0.2." + random.nextInt(1, 60), 1 + random.nextInt(2));
        switch (random.nextInt(6)) {
          case 0, 1 -> {
            Source source = Source.values()[random.nextInt(Source.values().length)];
            boolean taken = peers.offer(any, source);
            assertThat(taken && isBanned(banned, any)).as(what).isFalse();
          }
          case 2 -> {
            Optional<Endpoint> next = peers.next(now, false);
            if (next.isPresent()) {
              assertThat(busy.add(next.get())).as(what + ": dialled twice").isTrue();
              assertThat(isBanned(banned, next.get())).as(what).isFalse();
            }
          }
          case 3 -> {
            if (!busy.isEmpty()) {
              peers.connected(busy.iterator().next(), now);
            }
          }
          case 4 -> {
            if (!busy.isEmpty()) {
              Endpoint done = busy.iterator().next();
              busy.remove(done);
              peers.failed(done, now);
              peers.closed(done, now);
            }
          }
          default -> {
            if (random.nextInt(40) == 0) {
              peers.ban(any);
              banned.add(any);
              busy.removeIf(b -> b.address().equals(any.address()));
            }
          }
        }
        assertThat(peers.size()).as(what).isLessThanOrEqualTo(capacity);
      }
    }
  }

  private static boolean isBanned(Set<Endpoint> banned, Endpoint peer) {
    return banned.stream().anyMatch(b -> b.address().equals(peer.address()));
  }

  @Test
  void budgetsAreKeptAndReturnToZero() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 50; run++) {
      String what = "seed " + SEED + " run " + run;
      ConnectionBudget session = ConnectionBudget.session(new PeerLimits(20, 5, 100, 100));
      List<ConnectionBudget> torrents = List.of(session.torrent(8), session.torrent(30));
      List<Permit> held = new ArrayList<>();
      for (int step = 0; step < 1_000; step++) {
        ConnectionBudget torrent = torrents.get(random.nextInt(2));
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            boolean can = torrent.canDial();
            Optional<Permit> permit = torrent.dial();
            assertThat(permit.isPresent()).as(what).isEqualTo(can);
            permit.ifPresent(held::add);
          }
          case 2 ->
              session
                  .accept()
                  .ifPresent(p -> {
                    if (p.moveTo(torrent)) {
                      held.add(p);
                    } else {
                      p.close();
                    }
                  });
          case 3 -> {
            if (!held.isEmpty()) {
              held.get(random.nextInt(held.size())).opened();
            }
          }
          default -> {
            if (!held.isEmpty()) {
              Permit permit = held.remove(random.nextInt(held.size()));
              permit.close();
              permit.close();
              permit.opened();
            }
          }
        }
        assertThat(session.open() + session.halfOpen()).as(what).isEqualTo(held.size());
        assertThat(held.size()).as(what).isLessThanOrEqualTo(20);
        assertThat(session.halfOpen()).as(what).isBetween(0, 5);
        assertThat(torrents.get(0).open() + torrents.get(0).halfOpen()).as(what).isBetween(0, 8);
      }
      held.forEach(Permit::close);
      assertThat(session.open() + session.halfOpen()).as(what).isZero();
      assertThat(torrents).as(what).allMatch(t -> t.open() == 0 && t.halfOpen() == 0);
    }
  }
}
