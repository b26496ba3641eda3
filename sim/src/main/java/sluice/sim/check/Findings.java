package sluice.sim.check;

import java.util.ArrayList;
import java.util.List;

/** What was found to be wrong, in words. */
public final class Findings {
  private static final int MOST = 100;

  private final List<String> wrong = new ArrayList<>();

  /** Nothing found yet. */
  public Findings() {}

  /** Notes {@code text} unless {@code holds}. */
  public void require(boolean holds, String text) {
    if (!holds && wrong.size() < MOST) {
      wrong.add(text);
    }
  }

  /** All findings; none when everything holds. */
  public List<String> all() {
    return List.copyOf(wrong);
  }
}
