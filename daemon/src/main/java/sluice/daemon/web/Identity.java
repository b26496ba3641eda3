package sluice.daemon.web;

/** Knows who sends requests. Any thread. */
@FunctionalInterface
public interface Identity {
  /**
   * Who sent {@code head}; {@link Caller#NOBODY} if it does not say.
   *
   * @throws Problem if what it says is wrong, or was wrong too often
   */
  Caller of(Head head);
}
