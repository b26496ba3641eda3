package sluice.engine.rate;

/**
 * A class of traffic.
 *
 * @param name by which torrents name it
 * @param exempt its bytes pass its own ceiling and the limit of their peer only, not those of
 *     session and torrent, as is wanted in a local network
 */
public record ClassSpec(String name, boolean exempt, ClassLimits down, ClassLimits up) {
  /** A class of the session's bandwidth with the same limits both ways. */
  public static ClassSpec of(String name, ClassLimits limits) {
    return new ClassSpec(name, false, limits, limits);
  }

  /** A class without limits of session and torrent. */
  public static ClassSpec exempt(String name) {
    return new ClassSpec(name, true, ClassLimits.PLAIN, ClassLimits.PLAIN);
  }
}
