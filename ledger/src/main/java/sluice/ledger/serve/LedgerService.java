package sluice.ledger.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import sluice.ledger.api.Api;
import sluice.ledger.api.HubServer;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.store.Database;
import sluice.market.sign.PayKey;
import sluice.protocol.address.IpText;
import sluice.protocol.digest.Hash;

/** A hub that runs: answers calls, gives back what is left of old channels, publishes its debts. */
public final class LedgerService implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LedgerService.class.getName());
  private static final long SWEEP_SECONDS = 10;

  private final Database database;
  private final Hub hub;
  private final ProofBook proofs;
  private final HubServer server;
  private final Optional<ChainWorker> worker;
  private final boolean isTls;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ledger-clock").factory());

  private LedgerService(
      Database database, PayKey key, LedgerSettings settings, Optional<ChainPlan> chain) {
    this.database = database;
    HubConfig config =
        new HubConfig(
            chain.map(ChainPlan::chainId).orElse(settings.chainId()),
            key,
            chain.map(plan -> Set.of(plan.asset())).orElse(settings.assets()),
            settings.graceSeconds(),
            settings.maxLifeSeconds(),
            chain.map(ChainPlan::payouts).orElse(PayoutRules.CLOSED));
    hub = Hub.careful(database, config, () -> System.currentTimeMillis() / 1_000, System::nanoTime);
    proofs = new ProofBook(hub);
    worker = chain.map(plan -> ChainWorker.start(hub, plan));
    Api api =
        new Api(
            hub,
            proofs,
            System::currentTimeMillis,
            settings.api(),
            worker.map(ChainWorker::gateway));
    server = new HubServer(api, settings.listen(), settings.tls());
    isTls = settings.tls().isPresent();
    var _ = clock.scheduleWithFixedDelay(this::sweep, 1, SWEEP_SECONDS, TimeUnit.SECONDS);
    var _ =
        clock.scheduleWithFixedDelay(
            this::publish, settings.proofSeconds(), settings.proofSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Starts a hub.
   *
   * @param url the JDBC address of its database
   */
  public static LedgerService start(String url, PayKey key, LedgerSettings settings) {
    return start(url, key, settings, Optional.empty());
  }

  /**
   * Starts a hub that is on a chain; its coins are then those of the chain alone.
   *
   * @param url the JDBC address of its database
   */
  public static LedgerService start(
      String url, PayKey key, LedgerSettings settings, Optional<ChainPlan> chain) {
    Database database = Database.open(url);
    try {
      return new LedgerService(database, key, settings, chain);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Where members reach it; on all addresses, by that of this machine. */
  public URI url() {
    InetSocketAddress address = server.address();
    InetAddress ip = address.getAddress();
    String host = ip.isAnyLocalAddress() ? "127.0.0.1" : IpText.bracketed(ip);
    return URI.create((isTls ? "https://" : "http://") + host + ":" + address.getPort());
  }

  /** How the hub is named in handshakes and vouchers. */
  public Hash identity() {
    return hub.domain().hub();
  }

  /** The hub itself, for a program that runs it inside. */
  public Hub hub() {
    return hub;
  }

  /** Counts and signs what is owed of each asset. */
  public void publish() {
    try {
      hub.assets().forEach(proofs::publish);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what is owed was not counted; it will be tried again", e);
    }
  }

  private void sweep() {
    try {
      hub.sweep();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old channels were not ended; it will be tried again", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    worker.ifPresent(ChainWorker::close);
    server.close();
    database.close();
  }
}
