package sluice.tracker.service;

import sluice.tracker.swarm.Visit;

/** Decides who is served. Any thread; called for every announce, so it does not wait. */
public interface Gate {
  /** Lets everyone in. */
  Gate OPEN =
      new Gate() {
        @Override
        public Verdict admit(Visit visit, long client, String passkey) {
          return Verdict.ADMITTED;
        }

        @Override
        public Verdict admitScrape(Visit visit, String passkey) {
          return Verdict.ADMITTED;
        }
      };

  /** Whether it wants the passkey, which few do; if not, callers give an empty one. */
  default boolean readsPasskeys() {
    return false;
  }

  /**
   * Whether an announce is answered.
   *
   * @param client the first eight bytes of the peer id, which tell the program
   * @param passkey from the URL; empty if there is none
   */
  Verdict admit(Visit visit, long client, String passkey);

  /** Whether a scrape of one torrent is answered. */
  Verdict admitScrape(Visit visit, String passkey);

  /**
   * An announce with {@code passkey} was answered; without passkeys nobody has an account.
   *
   * @param client by which the transfers of a torrent are told apart
   * @param goesOn whether it stays in the swarm
   */
  default void served(Visit visit, long client, boolean goesOn, String passkey, Progress progress) {
    assert !readsPasskeys() : "nobody has an account";
  }
}
