package sluice.engine.policy;

/** A limit that may be set, switched off, or left to the next level. */
public sealed interface Bound {
  /** What the next level says. */
  static Bound inherit() {
    return new Inherit();
  }

  /** No limit, whatever the next level says. */
  static Bound never() {
    return new Never();
  }

  /** A limit of {@code value}, which is not negative. */
  static Bound at(long value) {
    return new At(value);
  }

  /** This bound where it says something, else {@code next}. */
  default Bound or(Bound next) {
    return this instanceof Inherit ? next : this;
  }

  /** See {@link #inherit}. */
  record Inherit() implements Bound {}

  /** See {@link #never}. */
  record Never() implements Bound {}

  /** See {@link #at}. */
  record At(long value) implements Bound {
    public At {
      if (value < 0) {
        throw new IllegalArgumentException("negative limit: " + value);
      }
    }
  }
}
