package sluice.engine.rate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The limits of a session and its classes.
 *
 * @param down received bytes per second; 0 for no limit
 * @param up sent bytes per second; 0 for no limit
 * @param classes with different names, besides {@link #ORDINARY}, which may be among them
 */
public record BandwidthPlan(long down, long up, List<ClassSpec> classes) {
  /** The class of torrents that name none, or one that does not exist. */
  public static final String ORDINARY = "";

  /** Most classes. */
  public static final int MAX_CLASSES = 64;

  /** Nothing is limited. */
  public static final BandwidthPlan UNLIMITED = limits(0, 0);

  public BandwidthPlan {
    classes = List.copyOf(classes);
    Set<String> names = new LinkedHashSet<>();
    classes.forEach(c -> names.add(c.name()));
    if (down < 0 || up < 0 || classes.size() > MAX_CLASSES || names.size() < classes.size()) {
      throw new IllegalArgumentException(
          "a limit is negative, or classes are more than " + MAX_CLASSES + " or share a name");
    }
  }

  /** Limits of the session without classes. */
  public static BandwidthPlan limits(long down, long up) {
    return new BandwidthPlan(down, up, List.of());
  }
}
