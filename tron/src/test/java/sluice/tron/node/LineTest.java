package sluice.tron.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.bencode.BString;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevConfig;
import sluice.tron.devnet.DevNode;
import sluice.tron.devnet.NodeFault;

/** Nodes that do not answer, and those that want a key. */
class LineTest {
  private static DevChain chain() {
    return new DevChain(DevConfig.of("line", 1_800_000_000_000L));
  }

  private static NodeException.Kind kind(TronNode node) {
    try {
      node.head();
      return NodeException.Kind.LIES;
    } catch (NodeException e) {
      return e.kind();
    }
  }

  @Test
  void eachWayOfNotAnsweringIsTold() throws Exception {
    try (DevNode node = DevNode.start(chain(), DevNode.Access.OPEN);
        TronNode patient = TronNode.connect(node.settings(Duration.ofSeconds(60)));
        TronNode hasty = TronNode.connect(node.settings(Duration.ofMillis(200)))) {
      assertThat(patient.head().height()).isZero();
      node.fail(() -> NodeFault.UNAVAILABLE);
      assertThat(kind(patient)).isEqualTo(NodeException.Kind.UNREACHABLE);
      node.fail(() -> NodeFault.TIMEOUT);
      assertThat(kind(patient)).isEqualTo(NodeException.Kind.TIMEOUT);
      node.fail(() -> NodeFault.SILENT);
      assertThat(kind(hasty)).isEqualTo(NodeException.Kind.TIMEOUT);
      node.fail(() -> NodeFault.EMPTY);
      assertThat(kind(patient)).isEqualTo(NodeException.Kind.LIES);
      node.fail(DevNode.FaultPlan.NONE);
      assertThat(patient.head().height()).isZero();
      assertThatThrownBy(() -> patient.broadcast(BString.of(new byte[] {1})))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aHostedNodeWantsItsKey() throws Exception {
    DevNode.Access guarded =
        new DevNode.Access(0, 0, Optional.empty(), Optional.empty(), Optional.of("sesame"));
    try (DevNode node = DevNode.start(chain(), guarded)) {
      NodeSettings open = node.settings(Duration.ofSeconds(60));
      NodeSettings keyed =
          new NodeSettings(
              open.full(), open.solidity(), false, Optional.of("sesame"), open.deadline());
      try (TronNode stranger = TronNode.connect(open);
          TronNode member = TronNode.connect(keyed)) {
        assertThat(kind(stranger)).isEqualTo(NodeException.Kind.REFUSED);
        assertThat(member.head().height()).isZero();
        assertThat(member.solidHead().height()).isZero();
      }
      assertThatThrownBy(() ->
              new NodeSettings(
                  "node.example:1", "node.example:2", false, Optional.of("k"), open.deadline()))
          .hasMessageContaining("without TLS");
      assertThat(keyed.toString()).doesNotContain("sesame");
    }
  }
}
