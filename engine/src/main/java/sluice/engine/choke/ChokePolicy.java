package sluice.engine.choke;

import java.util.List;
import sluice.engine.port.Entropy;

/** A rule for giving upload slots. The order of the peers makes no difference. */
@FunctionalInterface
public interface ChokePolicy {
  /** Time between two rounds. */
  long ROUND_NANOS = 10_000_000_000L;

  /**
   * Chooses at most {@code slots} of the interested {@code peers}; no slot is left empty while one
   * of them waits.
   *
   * @param round counts the decisions of this torrent from 0
   */
  ChokeResult decide(List<Standing> peers, int slots, int round, Entropy entropy);
}
