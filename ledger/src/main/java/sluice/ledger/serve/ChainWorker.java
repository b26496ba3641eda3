package sluice.ledger.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.Gateway;
import sluice.ledger.hub.Hub;

/** A gateway that works by itself, on a thread of its own, and tells of new alarms in the log. */
final class ChainWorker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ChainWorker.class.getName());

  private final Gateway gateway;
  private List<String> told = List.of();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ledger-chain").factory());

  private ChainWorker(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Starts; refuses a chain that is not the hub's. */
  static ChainWorker start(Hub hub, ChainPlan plan) {
    ChainWorker worker = new ChainWorker(new Gateway(hub, plan.chain(), plan.rules()));
    try {
      worker.gateway.begin(plan.firstBlock());
    } catch (ChainException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    var _ =
        worker.thread.scheduleWithFixedDelay(
            worker::work, 0, plan.pollMillis(), TimeUnit.MILLISECONDS);
    return worker;
  }

  Gateway gateway() {
    return gateway;
  }

  private void work() {
    try {
      while (!thread.isShutdown() && gateway.step().isBehind()) {
        LOG.log(Level.DEBUG, "blocks were read");
      }
      tell(gateway.status().alarms());
    } catch (ChainException e) {
      tell(List.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the gateway failed; it will be tried again", e);
    }
  }

  private void tell(List<String> alarms) {
    if (!alarms.equals(told)) {
      alarms.stream().filter(a -> !told.contains(a)).forEach(a -> LOG.log(Level.WARNING, a));
      told = List.copyOf(alarms);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
