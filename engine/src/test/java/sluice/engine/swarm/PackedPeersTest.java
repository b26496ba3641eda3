package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.swarm.Peers.at;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;

/** Random lives of the packed table against a map, for both families. */
class PackedPeersTest {
  private static final long SEED = Long.getLong("sluice.seed", 5);

  @Test
  void agreesWithAMap() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 40; run++) {
      boolean ipv6 = run % 2 == 1;
      PackedPeers table = new PackedPeers(ipv6);
      Map<Endpoint, Integer> model = new LinkedHashMap<>();
      int hosts = random.nextInt(1, 300);
      for (int step = 0; step < 3_000; step++) {
        String what = "seed " + SEED + " run " + run + " step " + step;
        int host = random.nextInt(hosts);
        String literal =
            ipv6 ? "2001:db8::" + host + ":1" : "10.0." + host / 250 + "." + host % 250;
        Endpoint any = at(literal, 1 + random.nextInt(3));
        int slot = table.find(any);
        assertThat(slot >= 0).as(what).isEqualTo(model.containsKey(any));
        if (slot < 0) {
          int bits = random.nextInt(1 << 13);
          table.add(any, bits, step);
          model.put(any, bits);
        } else if (random.nextInt(3) == 0) {
          assertThat(table.bits(slot)).as(what).isEqualTo(model.remove(any));
          table.remove(slot);
        }
        assertThat(table.size()).as(what).isEqualTo(model.size());
      }
      List<Endpoint> all = new ArrayList<>();
      for (int slot = 0; slot < table.size(); slot++) {
        all.add(table.endpoint(slot));
        assertThat(table.find(table.endpoint(slot))).isEqualTo(slot);
        int ports =
            (int)
                model.keySet().stream()
                    .filter(e -> e.address().equals(all.getLast().address()))
                    .count();
        assertThat(table.ports(all.getLast())).isEqualTo(ports);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(model.keySet());
    }
  }

  @Test
  void timeIsKeptToATick() {
    PackedPeers table = new PackedPeers(false);
    int slot = table.add(at("192.0.2.1", 1), 0, 0);
    for (long now : new long[] {-1, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE - 70_000_000_000L}) {
      table.since(slot, now);
      long later = now + 60_000_000_000L;
      assertThat(table.elapsedNanos(slot, later)).isBetween(59_900_000_000L, 60_100_000_000L);
      assertThat(table.elapsedNanos(slot, later))
          .isGreaterThanOrEqualTo(PackedPeers.wholeTicks(60_000_000_000L));
    }
  }
}
