package sluice.engine.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;

/** Who gets into a table, who stays, and who is nearest. */
class RoutingTableTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long SEED = 11;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final NodeId own = chance();
  private final RoutingTable table = new RoutingTable(own);

  @Test
  void bucketsAreBoundedAndTheNearestAreFound() {
    List<NodeInfo> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      NodeInfo node = new NodeInfo(chance(), address());
      all.add(node);
      table.answered(node, 0);
    }
    int[] count = new int[NodeId.BITS];
    table.each(c -> count[c.id().commonBits(own)]++);
    for (int n : count) {
      assertThat(n).isLessThanOrEqualTo(Bucket.CAPACITY);
    }
    assertThat(count[0]).isEqualTo(Bucket.CAPACITY);
    assertThat(table.size()).isBetween(60, 120);
    Set<NodeId> inTable = new HashSet<>();
    table.each(c -> inTable.add(c.id()));
    NodeId target = chance();
    all.removeIf(n -> !inTable.contains(n.id()));
    all.sort((a, b) -> target.compareDistance(a.id(), b.id()));
    assertThat(table.closest(target, 8)).isEqualTo(all.subList(0, 8));
  }

  @Test
  void rightIdsTakeThePlacesOfOthers() {
    for (int i = 0; i < 2_000; i++) {
      table.answered(new NodeInfo(chance(), address()), 0);
    }
    for (int i = 0; i < 2_000; i++) {
      Endpoint at = address();
      table.answered(new NodeInfo(SecureIds.make(at.address(), chance()), at), 0);
    }
    int[] right = {0, 0};
    table.each(c -> right[c.isRight() ? 0 : 1]++);
    assertThat(right[0]).as("seed " + SEED).isGreaterThan(4 * right[1]);
  }

  @Test
  void oneNetworkGetsOneOrTwoPlacesInABucket() {
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = {66, 66, (byte) random.nextInt(256), (byte) random.nextInt(256)};
      table.answered(
          new NodeInfo(chance(), new Endpoint(IpLiteral.ofBytes(bytes).orElseThrow(), 1)), 0);
    }
    int[] count = new int[NodeId.BITS];
    table.each(c -> count[c.id().commonBits(own)]++);
    for (int n : count) {
      assertThat(n).isLessThanOrEqualTo(Networks.MAX_WIDE);
    }
  }

  @Test
  void silentNodesAreReplacedByThoseThatWait() {
    List<NodeInfo> far = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      NodeInfo node = new NodeInfo(chance().withPrefix(own.flip(0), 1), address());
      far.add(node);
      table.answered(node, 0);
    }
    assertThat(table.size()).isEqualTo(Bucket.CAPACITY);
    assertThat(table.wants(far.getLast().id())).isFalse();
    NodeInfo silent = far.getFirst();
    table.failed(silent);
    assertThat(table.find(silent.id())).isPresent();
    table.failed(silent);
    assertThat(table.find(silent.id())).isEmpty();
    assertThat(table.size()).isEqualTo(Bucket.CAPACITY);
    assertThat(far.subList(Bucket.CAPACITY, 12)).anyMatch(n -> table.find(n.id()).isPresent());
  }

  @Test
  void anotherAddressDoesNotTakeOverAnId() {
    NodeInfo node = new NodeInfo(chance(), address());
    table.answered(node, 0);
    table.answered(new NodeInfo(node.id(), address()), 0);
    assertThat(table.find(node.id()).map(Contact::endpoint)).contains(node.endpoint());
    table.answered(new NodeInfo(own, address()), 0);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void stillBucketsAreDueOnce() {
    table.answered(new NodeInfo(chance().withPrefix(own.flip(0), 1), address()), 0);
    assertThat(table.refresh(chance(), MINUTE)).isEmpty();
    Optional<NodeId> due = table.refresh(chance(), 16 * MINUTE);
    assertThat(due.orElseThrow().commonBits(own)).isZero();
    assertThat(table.refresh(chance(), 16 * MINUTE)).isEmpty();
    assertThat(table.stale(MINUTE)).isEmpty();
    assertThat(table.stale(16 * MINUTE)).isPresent();
  }

  private NodeId chance() {
    return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
  }

  private Endpoint address() {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    bytes[0] = (byte) (11 + random.nextInt(89));
    return new Endpoint(IpLiteral.ofBytes(bytes).orElseThrow(), 6881);
  }
}
