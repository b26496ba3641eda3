package sluice.ledger.proof;

import java.util.ArrayList;
import java.util.List;

/** A tree of sums. A node without a neighbour goes up one level as it is. */
public final class SumTree {
  private final List<List<SumNode>> levels = new ArrayList<>();

  /** The tree over these leaves, at least one. */
  public SumTree(List<SumNode> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a tree without leaves");
    }
    levels.add(List.copyOf(leaves));
    while (levels.getLast().size() > 1) {
      levels.add(above(levels.getLast()));
    }
  }

  private static List<SumNode> above(List<SumNode> level) {
    List<SumNode> next = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      next.add(i + 1 < level.size() ? SumNode.above(level.get(i), level.get(i + 1)) : level.get(i));
    }
    return next;
  }

  /** The node that stands for all. */
  public SumNode root() {
    return levels.getLast().getFirst();
  }

  /** The way from a leaf up to the root. */
  public Branch branch(int leaf) {
    List<SumNode> siblings = new ArrayList<>();
    int index = leaf;
    for (List<SumNode> level : levels.subList(0, levels.size() - 1)) {
      int sibling = index ^ 1;
      if (sibling < level.size()) {
        siblings.add(level.get(sibling));
      }
      index >>= 1;
    }
    return new Branch(leaf, levels.getFirst().size(), siblings);
  }
}
