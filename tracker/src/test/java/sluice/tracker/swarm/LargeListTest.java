package sluice.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long list while it grows over many pages and tables, and while it becomes short again. */
final class LargeListTest {
  private static final int PEERS = 20_000;

  private final Visit visit = new Visit();

  private void identify(boolean ipv6, int peer) {
    Model.identify(visit, new Model.Who(ipv6, peer));
  }

  private void holds(LargeList list, boolean ipv6, Set<Integer> peers, String where) {
    assertThat(list.size).as(where).isEqualTo(peers.size());
    Set<Integer> places = new HashSet<>();
    for (int peer : peers) {
      identify(ipv6, peer);
      int at = list.find(visit);
      assertThat(at).as(where).isBetween(0, list.size - 1);
      assertThat(list.role(at)).as(where).isEqualTo(Role.values()[peer % 3]);
      assertThat(places.add(at)).as(where).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsEveryoneAtEachLength(boolean ipv6) {
    long seed = 11;
    String where = "seed " + seed;
    Random random = new Random(seed);
    LargeList list = new LargeList(new SmallList(ipv6 ? 3 : 1), random.nextLong(), Memory.create());
    List<Integer> order = new ArrayList<>();
    Set<Integer> present = new HashSet<>();
    for (int peer = 0; peer < PEERS; peer++) {
      identify(ipv6, peer);
      assertThat(list.find(visit)).as(where).isNegative();
      visit.role(Role.values()[peer % 3]);
      list.grow();
      list.insert(visit, peer);
      order.add(peer);
      present.add(peer);
      if (random.nextInt(4) == 0) {
        remove(list, ipv6, present, order.remove(random.nextInt(order.size())));
      }
    }
    holds(list, ipv6, present, where);
    long most = list.bytes();
    assertThat(most).as(where).isLessThan((ipv6 ? 40L : 24L) * list.size);
    while (!order.isEmpty()) {
      remove(list, ipv6, present, order.remove(random.nextInt(order.size())));
      if (order.size() % 1_024 == 0) {
        list.shrink();
        holds(list, ipv6, present, where);
      }
    }
    list.shrink();
    assertThat(list.bytes()).as(where).isLessThan(most / 100);
  }

  private void remove(LargeList list, boolean ipv6, Set<Integer> present, int peer) {
    identify(ipv6, peer);
    list.remove(list.find(visit));
    assertThat(list.find(visit)).isNegative();
    present.remove(peer);
  }
}
