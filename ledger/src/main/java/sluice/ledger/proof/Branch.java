package sluice.ledger.proof;

import java.util.List;
import java.util.Optional;

/**
 * The neighbours of a leaf on the way to the root.
 *
 * @param index number of the leaf
 * @param leaves of the tree
 * @param siblings from the bottom up; where there was no neighbour there is none
 */
public record Branch(int index, int leaves, List<SumNode> siblings) {
  public static final int MAX_SIBLINGS = 31;

  public Branch {
    siblings = List.copyOf(siblings);
  }

  /** The root above {@code leaf}; empty if the branch fits no tree, or its sums overflow. */
  public Optional<SumNode> root(SumNode leaf) {
    if (index < 0 || index >= leaves || siblings.size() > MAX_SIBLINGS) {
      return Optional.empty();
    }
    SumNode node = leaf;
    int used = 0;
    int at = index;
    for (int width = leaves; width > 1; width = (width + 1) / 2) {
      if ((at ^ 1) < width) {
        if (used == siblings.size()) {
          return Optional.empty();
        }
        SumNode sibling = siblings.get(used++);
        if (sibling.micros() > Long.MAX_VALUE - node.micros()) {
          return Optional.empty();
        }
        node = at % 2 == 0 ? SumNode.above(node, sibling) : SumNode.above(sibling, node);
      }
      at /= 2;
    }
    return used == siblings.size() ? Optional.of(node) : Optional.empty();
  }
}
