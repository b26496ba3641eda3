package sluice.engine.rate;

/**
 * The part of a {@link SharedLimit} that one class has. It is handed tokens every tick; what is
 * taken beyond them is debt that the class pays first. Its peers take them in {@link Turns}.
 * Thread: its owner's loop.
 */
public final class ClassShare {
  /** What a class that wants nothing may hold, so that it need not wait when it begins. */
  static final long FLOAT_BYTES = TokenBucket.MIN_BURST_BYTES;

  private static final long MAX_DEBT_BYTES = 1L << 60;

  private final boolean exempt;
  private final TokenBucket ceiling;
  private final Turns turns = new Turns();
  private ClassLimits limits;

  /** In place of the weight of the limits; negative for none. */
  private double ownWeight = -1;

  /** The part of weight and minimum of its class that is its own. */
  private double part = 1;

  /** Torrents that wanted some since the last tick. */
  private int wanting;

  /** Whether the limit that is shared holds. */
  private boolean limited;

  private long tokens;
  private long takenThisTick;

  /** Whether somebody was turned away for lack of tokens since the last tick. */
  private boolean starved;

  ClassShare(ClassLimits limits, boolean exempt, boolean limited, long now) {
    this(limits, exempt, limited, new TokenBucket(limits.ceiling(), now));
  }

  private ClassShare(ClassLimits limits, boolean exempt, boolean limited, TokenBucket ceiling) {
    this.limits = limits;
    this.exempt = exempt;
    this.limited = limited;
    this.ceiling = ceiling;
  }

  /** Another share of the same class, under the same ceiling. */
  ClassShare beside() {
    return new ClassShare(limits, exempt, limited, ceiling);
  }

  /** Whether neither session nor torrent limit its bytes. */
  public boolean isExempt() {
    return exempt;
  }

  /** Bytes that {@code place} may take at {@code now}; 0 makes the class one that wants more. */
  long available(Turns.Place place, long now) {
    long left = ceiling.available(now);
    if (exempt || (!limited && ceiling.limit() == 0)) {
      return left;
    }
    if (limited && tokens <= 0) {
      starved = true;
      left = 0;
    } else if (limited) {
      left = Math.min(left, tokens);
    }
    long room = turns.room(place);
    if (left > 0 && room > 0) {
      return Math.min(left, room);
    }
    starved |= left > 0;
    turns.turnAway(place);
    return 0;
  }

  /** {@code place} takes {@code bytes}, covered or not. */
  void take(Turns.Place place, long bytes, long now) {
    ceiling.take(bytes, now);
    turns.take(place, bytes);
    if (!exempt && limited) {
      tokens = Math.max(-MAX_DEBT_BYTES, tokens - Math.min(bytes, MAX_DEBT_BYTES));
      takenThisTick += bytes;
    }
  }

  /** How it shares with others. */
  double weight() {
    return ownWeight >= 0 ? ownWeight : limits.weight() * part;
  }

  /** Bytes per second that it gets before others. */
  double minimum() {
    return limits.minimum() * part;
  }

  void part(double ofClass) {
    part = ofClass;
    wanting = 0;
  }

  /** One torrent more wants some. */
  void wants() {
    wanting++;
  }

  int wanting() {
    return wanting;
  }

  void weight(double own) {
    ownWeight = own;
  }

  ClassLimits limits() {
    return limits;
  }

  void limits(ClassLimits changed, long now) {
    limits = changed;
    if (changed.ceiling() != ceiling.limit()) {
      ceiling.limit(changed.ceiling(), now);
    }
  }

  void limited(boolean holds) {
    limited = holds;
    tokens = 0;
    takenThisTick = 0;
    starved = false;
  }

  /**
   * Tokens that nobody wants, which go back to be divided anew; debt stays. Where somebody waits
   * for a turn, up to {@code most} are kept for it.
   */
  long reclaim(long most) {
    long unused = Math.max(0, tokens - (starved ? most : 0));
    tokens -= unused;
    return unused;
  }

  /** Bytes that the class could use until the next tick of {@code nanos}, its debt included. */
  long demand(long now, double tickSeconds) {
    long wish = starved ? Long.MAX_VALUE / 4 : 2 * takenThisTick;
    if (ceiling.limit() > 0) {
      wish = Math.min(wish, ceiling.available(now) + (long) (ceiling.limit() * tickSeconds) + 1);
    }
    return wish - tokens;
  }

  /** Bytes that it may hold beyond its demand. */
  long slack() {
    return Math.max(0, FLOAT_BYTES - tokens);
  }

  void give(long bytes) {
    tokens += bytes;
  }

  void tickEnds(long now) {
    takenThisTick = 0;
    starved = false;
    long left = ceiling.available(now);
    turns.next(Math.max(0, limited ? Math.min(left, tokens) : left));
  }
}
