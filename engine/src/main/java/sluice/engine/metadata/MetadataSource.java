package sluice.engine.metadata;

/** A connected peer that says it has the metadata. */
public interface MetadataSource {
  /** Asks it for a piece. */
  void request(int piece);

  /**
   * Parts with it; {@link MetadataFetch#left} follows.
   *
   * @param liar whether it has lied for certain
   */
  void drop(String reason, boolean liar);
}
