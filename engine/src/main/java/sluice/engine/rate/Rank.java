package sluice.engine.rate;

/** How much a torrent gets of what its class has, against others of the class that want some. */
public enum Rank {
  /** A quarter of an ordinary one. */
  LOW(-1, 1),
  NORMAL(0, 4),
  /** Four times an ordinary one. */
  HIGH(1, 16);

  private final int number;
  private final int weight;

  Rank(int number, int weight) {
    this.number = number;
    this.weight = weight;
  }

  /** The rank of a number: those below zero are low, those above are high. */
  public static Rank of(long number) {
    return number == 0 ? NORMAL : number < 0 ? LOW : HIGH;
  }

  /** The number that stands for it where others are told of it: -1, 0 or 1. */
  public int number() {
    return number;
  }

  int weight() {
    return weight;
  }
}
