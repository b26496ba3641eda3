package sluice.tron.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.protocol.bencode.BString;
import sluice.testkit.SelfSigned;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevConfig;
import sluice.tron.devnet.DevNode;
import sluice.tron.devnet.NodeFault;

/** Nodes that do not answer, and those that want a key. */
class LineTest {
  @TempDir Path folder;

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
      NodeSettings keyed = open.with("sesame");
      try (TronNode stranger = TronNode.connect(open);
          TronNode member = TronNode.connect(keyed)) {
        assertThat(kind(stranger)).isEqualTo(NodeException.Kind.REFUSED);
        assertThat(member.head().height()).isZero();
        assertThat(member.solidHead().height()).isZero();
      }
      assertThatThrownBy(() -> NodeSettings.plain("node.example:1", "node.example:2").with("k"))
          .hasMessageContaining("without TLS");
      assertThat(keyed.toString()).doesNotContain("sesame");
    }
  }

  /** By TLS, a node is one whose certificate is trusted and has its name. */
  @Test
  void aNodeByTlsHasToShowTheRightCertificate() throws Exception {
    SelfSigned right = SelfSigned.local(folder);
    SelfSigned other = SelfSigned.local(folder);
    SelfSigned foreign = SelfSigned.foreign(folder);
    try (DevNode node = DevNode.start(chain(), access(right));
        DevNode impostor = DevNode.start(chain(), access(foreign))) {
      NodeSettings trusted = settings(node).trusting(right.certificate()).with("sesame");
      try (TronNode member = TronNode.connect(trusted)) {
        assertThat(member.head().height()).isZero();
        assertThat(member.solidHead().height()).isZero();
      }
      List<NodeSettings> wrong =
          List.of(
              settings(node), // not by TLS
              settings(node).trusting(other.certificate()).with("sesame"),
              settings(impostor).trusting(foreign.certificate()).with("sesame"),
              new NodeSettings(
                  trusted.full(),
                  trusted.solidity(),
                  true,
                  Optional.empty(),
                  Optional.of("sesame"),
                  trusted.deadline()));
      for (NodeSettings settings : wrong) {
        try (TronNode stranger = TronNode.connect(settings)) {
          assertThat(kind(stranger)).as("%s", settings).isEqualTo(NodeException.Kind.UNREACHABLE);
        }
      }
      try (TronNode keyless = TronNode.connect(settings(node).trusting(right.certificate()))) {
        assertThat(kind(keyless)).isEqualTo(NodeException.Kind.REFUSED);
      }
      assertThatThrownBy(() -> TronNode.connect(settings(node).trusting(right.key())))
          .hasMessageContaining("has no certificate");
    }
  }

  private static NodeSettings settings(DevNode node) {
    return node.settings(Duration.ofSeconds(60));
  }

  private static DevNode.Access access(SelfSigned signed) {
    return new DevNode.Access(
        0,
        0,
        Optional.of(signed.certificate().toFile()),
        Optional.of(signed.key().toFile()),
        Optional.of("sesame"));
  }
}
