package sluice.engine.rate;

/** How much a torrent gets of what its class has, against others of the class that want some. */
public enum Rank {
  /** A quarter of an ordinary one. */
  LOW(1),
  NORMAL(4),
  /** Four times an ordinary one. */
  HIGH(16);

  private final int weight;

  Rank(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
