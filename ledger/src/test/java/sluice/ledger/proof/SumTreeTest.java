package sluice.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;

class SumTreeTest {
  private static SumNode leaf(int number, long micros) {
    Hash nonce = Keccak.of(new byte[] {(byte) number});
    return SumNode.leaf(nonce, new PayAddress(Hash.of(nonce.bytes(), 0, 20)), micros);
  }

  private static List<SumNode> leaves(int count) {
    List<SumNode> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(leaf(i, i + 1));
    }
    return leaves;
  }

  @Test
  void eachLeafLeadsToTheRootAndNoOtherDoes() {
    for (int count = 1; count <= 17; count++) {
      SumTree tree = new SumTree(leaves(count));
      assertThat(tree.root().micros()).isEqualTo(count * (count + 1L) / 2);
      for (int i = 0; i < count; i++) {
        Branch branch = tree.branch(i);
        assertThat(branch.root(leaf(i, i + 1))).as("%d of %d", i, count).contains(tree.root());
        assertThat(branch.root(leaf(i, i)).filter(tree.root()::equals)).isEmpty();
        assertThat(branch.root(leaf(i + 1, i + 1)).filter(tree.root()::equals)).isEmpty();
      }
    }
  }

  @Test
  void aBranchThatFitsNoTreeHasNoRoot() {
    Branch branch = new SumTree(leaves(5)).branch(2);
    SumNode leaf = leaf(2, 3);
    assertThat(new Branch(5, 5, branch.siblings()).root(leaf)).isEmpty();
    assertThat(new Branch(-1, 5, branch.siblings()).root(leaf)).isEmpty();
    assertThat(new Branch(2, 4, branch.siblings()).root(leaf)).isEmpty();
    assertThat(new Branch(2, 5, branch.siblings().subList(0, 1)).root(leaf)).isEmpty();
    List<SumNode> more = new ArrayList<>(branch.siblings());
    more.add(leaf);
    assertThat(new Branch(2, 5, more).root(leaf)).isEmpty();
    SumNode huge = new SumNode(Long.MAX_VALUE, leaf.hash());
    assertThat(new Branch(0, 2, List.of(huge)).root(leaf)).isEmpty();
  }

  @Test
  void sumsAreNeverNegativeAndNeverOverflow() {
    assertThatThrownBy(() -> new SumNode(-1, leaf(1, 1).hash()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SumTree(List.of(leaf(1, Long.MAX_VALUE), leaf(2, 1))))
        .isInstanceOf(ArithmeticException.class);
  }

  /** The specification's vectors, which another program has computed. */
  @Test
  void theTreeOfTheSpecification() throws IOException {
    List<SumNode> leaves = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] nonce = new byte[Hash.SHA256_BYTES];
      nonce[nonce.length - 1] = (byte) i;
      byte[] secret = new byte[Hash.SHA256_BYTES];
      secret[secret.length - 1] = (byte) (0x11 + i);
      PayAddress member = PayKey.of(secret).orElseThrow().address();
      leaves.add(SumNode.leaf(Hash.of(nonce), member, 5 + i));
    }
    assertThat(Files.readAllLines(Path.of("..", "docs", "bwpay", "vectors.tsv")))
        .contains(
            "tree.leaf\t" + leaves.getFirst().hash().hex(),
            "tree.root\t" + new SumTree(leaves).root().hash().hex());
  }
}
