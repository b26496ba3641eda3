package sluice.engine.crypt;

import java.util.List;
import java.util.Optional;

/**
 * The approaches by which one peer is tried. One that is remembered of it is tried alone, and if it
 * fails the other is the one to remember: so only a peer of which nothing is known is dialled twice
 * in a row.
 */
public final class Approaches {
  private final List<Approach> allowed;
  private final boolean remembered;
  private int index;
  private int tries = 1;

  /** Those that {@code policy} allows, beginning with {@code known} if it is one of them. */
  public Approaches(EncryptionPolicy policy, Optional<Approach> known) {
    allowed = policy.approaches();
    remembered = known.filter(allowed::contains).isPresent();
    index = remembered ? allowed.indexOf(known.orElseThrow()) : 0;
  }

  /** The one to try, or to remember when the tries have ended. */
  public Approach current() {
    return allowed.get(index);
  }

  /** The current one has failed: whether another is to be tried at once. */
  public boolean next() {
    index = (index + 1) % allowed.size();
    return !remembered && tries++ < allowed.size();
  }
}
