package sluice.daemon.trade;

import java.io.IOException;
import java.util.List;
import sluice.daemon.config.MarketSettings;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.Loop;

/** What trades for the daemon. */
public interface Trade {
  /** What is spoken to peers of a session on {@code loop}. */
  List<PeerExtension> extensions(Loop loop);

  /** Buys and sells on these terms from here on. Any thread. */
  void terms(TradeTerms terms);

  /** What there is and what was moved, in micro-units; asks the hub. */
  Sums sums() throws IOException;

  /** What happened last, the newest first. */
  List<Deal> deals();

  /** The session is about to end: what is owed is paid. May take a while. */
  void leave();

  /** The session has ended: what was earned is redeemed. */
  void end();

  /** Opens what trades. */
  @FunctionalInterface
  interface Opener {
    /** On these terms; says why it cannot by an {@link IOException}. */
    Trade open(MarketSettings settings, TradeTerms terms) throws IOException;
  }

  /**
   * Amounts in micro-units.
   *
   * @param available may be spent
   * @param locked in channels
   * @param earned since the start
   * @param spent since the start
   */
  record Sums(long available, long locked, long earned, long spent) {}

  /**
   * Something that happened.
   *
   * @param number counts them
   * @param millis when, since 1970
   * @param kind one word, such as {@code bought}
   * @param peer with whom
   * @param text for people
   */
  record Deal(long number, long millis, String kind, String peer, String text) {}
}
