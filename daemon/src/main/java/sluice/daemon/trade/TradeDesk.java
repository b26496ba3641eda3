package sluice.daemon.trade;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sluice.daemon.shelf.Labels;

/** The market as the API shows it: terms that are kept, and sums over time. Any thread. */
public final class TradeDesk implements AutoCloseable {
  /** Samples of the sums that are remembered, a day of them. */
  public static final int MAX_SAMPLES = 240;

  private static final Logger LOG = System.getLogger(TradeDesk.class.getName());
  private static final String TERMS = "market-terms";
  private static final long PAUSE_SECONDS = 360;

  private final Optional<Trade> trade;
  private final Labels labels;
  private final Deque<Trade.Sums> history = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Of {@code trade}, if there is a market; begins to remember sums. */
  public TradeDesk(Optional<Trade> trade, Labels labels) {
    this.trade = trade;
    this.labels = labels;
    if (trade.isPresent()) {
      Thread.ofVirtual().name("daemon-trade").start(this::run);
    }
  }

  /** The terms that are kept in {@code labels}. */
  public static TradeTerms terms(Labels labels) {
    return labels.value(TERMS).map(TradeTerms::of).orElse(TradeTerms.NONE);
  }

  /** What trades, if there is a market. */
  public Optional<Trade> trade() {
    return trade;
  }

  /** The terms that were set last. */
  public TradeTerms terms() {
    return terms(labels);
  }

  /** Changes the terms, at once. */
  public void terms(TradeTerms next) {
    labels.value(TERMS, next.text());
    trade.ifPresent(open -> open.terms(next));
  }

  /** Sums of the past, the oldest first, with those of {@code now}. */
  public synchronized List<Trade.Sums> history(Trade.Sums now) {
    return java.util.stream.Stream.concat(history.stream(), java.util.stream.Stream.of(now))
        .toList();
  }

  /** The sums that were asked for last, a few minutes ago at the most; empty without a market. */
  public synchronized Optional<Trade.Sums> last() {
    return Optional.ofNullable(history.peekLast());
  }

  private void run() {
    try {
      do {
        sample(trade.orElseThrow());
      } while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      LOG.log(Logger.Level.DEBUG, "the daemon ends", e);
    }
  }

  private void sample(Trade from) {
    try {
      Trade.Sums sums = from.sums();
      synchronized (this) {
        history.addLast(sums);
        if (history.size() > MAX_SAMPLES) {
          history.removeFirst();
        }
      }
    } catch (IOException e) {
      LOG.log(Logger.Level.INFO, "the ledger does not answer: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
