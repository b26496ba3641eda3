package sluice.ledger.purse;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.ledger.client.HubCarrier;
import sluice.ledger.client.HubClient;
import sluice.ledger.client.HubException;
import sluice.ledger.client.HubMember;
import sluice.ledger.hub.Certified;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.trade.BuyTerms;
import sluice.market.trade.HubTerms;
import sluice.market.trade.Purse;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;

/**
 * A member of a hub that trades: opens channels, signs vouchers, keeps those that it is given, and
 * redeems them. What a run that was killed had taken is redeemed by the next. Any thread.
 */
public final class Trader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Trader.class.getName());
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = Hash.SHA256_BYTES;
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** How often all vouchers are redeemed. */
  private static final Duration ROUND = Duration.ofMinutes(10);

  private static final long END_SECONDS = 30;

  private final HubClient client;
  private final HubMember member;
  private final PayKey key;
  private final HubTerms terms;
  private final PayAddress alias;
  private final Journal journal;
  private final ExecutorService promises = thread("purse");
  private final ExecutorService receipts = thread("till");
  private final ScheduledExecutorService calls = thread("hub-calls");
  private final Settlement settlement;

  /** Deposits that the hub was asked to add, and of which it is not known; of the same thread. */
  private final Map<Hash, Addition> additions = new HashMap<>();

  private record Addition(long micros, UUID once) {}

  private Trader(HubClient client, PayKey key, String asset, Journal journal)
      throws IOException, InterruptedException, HubException {
    this.client = client;
    this.key = key;
    this.journal = journal;
    member = client.member(key);
    terms = new HubTerms(client.domain(), client.address(), asset);
    byte[] day = Long.toString(today()).getBytes(StandardCharsets.US_ASCII);
    alias = derived("alias", day).address();
    settlement =
        new Settlement(
            member, terms, journal, () -> System.currentTimeMillis() / MILLIS_PER_SECOND);
    member.register();
    member.payUnder(alias);
  }

  /**
   * Becomes a member of the hub, if it is none, and redeems what an earlier run has left, and from
   * then on every ten minutes what it is given.
   *
   * @param asset that is traded in; empty: the first one of the hub
   * @param file the journal
   */
  public static Trader open(URI hub, PayKey key, Optional<String> asset, Path file)
      throws IOException, InterruptedException, HubException {
    return open(hub, key, asset, file, ROUND);
  }

  /** The same; the hub is asked by {@code carrier}, which is closed with the trader. */
  public static Trader open(
      URI hub, HubCarrier carrier, PayKey key, Optional<String> asset, Path file)
      throws IOException, InterruptedException, HubException {
    return open(HubClient.connect(hub, carrier), key, asset, file, ROUND);
  }

  static Trader open(URI hub, PayKey key, Optional<String> asset, Path file, Duration round)
      throws IOException, InterruptedException, HubException {
    return open(HubClient.connect(hub), key, asset, file, round);
  }

  private static Trader open(
      HubClient client, PayKey key, Optional<String> asset, Path file, Duration round)
      throws IOException, InterruptedException, HubException {
    Journal journal = Journal.open(file);
    try {
      String chosen =
          asset.orElseGet(() -> client.assets().stream().findFirst().orElse("no asset"));
      Trader trader = new Trader(client, key, chosen, journal);
      trader.calls.execute(trader::recover);
      long nanos = round.toNanos();
      var _ = trader.calls.scheduleWithFixedDelay(trader::round, 0, nanos, TimeUnit.NANOSECONDS);
      return trader;
    } catch (IOException | InterruptedException | HubException | RuntimeException e) {
      journal.close();
      client.close();
      throw e;
    }
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  private void recover() {
    quietly(() -> settlement.recover(this::payerKey));
  }

  private void round() {
    quietly(() -> {
      settlement.round();
      settlement.recoverOld(this::payerKey);
    });
  }

  private PayAddress payerKey(Hash nonce) {
    return derived("channel", nonce.bytes()).address();
  }

  /** An executor repeats nothing that has failed. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "vouchers were not redeemed; it will be tried again", e);
    }
  }

  /** Where is paid. */
  public HubTerms terms() {
    return terms;
  }

  /** The day of UTC, as a number since 1970. */
  static long today() {
    return System.currentTimeMillis() / DAY_MILLIS;
  }

  /**
   * A limit for each day, of which is spent what this wallet has promised today, in other runs,
   * too.
   */
  public BuyTerms.Daily daily(long limitMicros) {
    long day = today();
    return new BuyTerms.Daily(limitMicros, day, journal.spent(day));
  }

  /** Under which name the member is paid today. */
  public PayAddress alias() {
    return alias;
  }

  /** The member as the hub knows it. */
  public HubMember member() {
    return member;
  }

  /** What it pays from; answers come on {@code loop}. */
  public Purse purse(Loop loop) {
    return new HubPurse(this, loop);
  }

  /** Where it is paid; answers come on {@code loop}. */
  public Till till(Loop loop) {
    return new HubTill(this, loop, HubTill.VOUCHERS);
  }

  Journal journal() {
    return journal;
  }

  ExecutorService promises() {
    return promises;
  }

  ExecutorService receipts() {
    return receipts;
  }

  ExecutorService calls() {
    return calls;
  }

  Settlement settlement() {
    return settlement;
  }

  /** A key of its own for each nonce: whoever learns one learns nothing of the account. */
  PayKey derived(String purpose, byte[] nonce) {
    byte[] secret = key.secret();
    byte[] use = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] derived = Keccak.of(secret, use, nonce).bytes();
    Arrays.fill(secret, (byte) 0);
    return PayKey.of(derived).orElseThrow();
  }

  private static Hash nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return Hash.of(nonce);
  }

  /**
   * Opens a channel at the hub, and keeps it. When the hub went away before it answered, it is
   * asked for the same channel again, so that nothing is locked twice.
   */
  Journal.Paying openChannel(PayAddress payee, long least, long deposit, long lifeSeconds)
      throws IOException, InterruptedException, HubException {
    Optional<Journal.Asked> before =
        journal.asked(terms.hub()).stream()
            .filter(a -> a.payee().equals(payee) && a.asset().equals(terms.asset()))
            .filter(a -> a.deposit() >= least)
            .findFirst();
    Journal.Asked asked =
        before.orElseGet(
            () -> new Journal.Asked(nonce(), payee, terms.asset(), deposit, lifeSeconds));
    if (before.isEmpty()) {
      journal.opening(terms.hub(), asked);
    }
    Hash nonce = asked.nonce();
    PayKey payer = derived("channel", nonce.bytes());
    Certified made;
    try {
      UUID once = UUID.nameUUIDFromBytes(nonce.bytes());
      made =
          member.open(
              payer.address(), payee, asked.asset(), asked.deposit(), asked.lifeSeconds(), once);
    } catch (HubException refused) {
      journal.opened(nonce);
      throw refused;
    }
    Journal.Paying channel = kept(nonce, made, payer.address(), 0);
    journal.opened(nonce);
    return channel;
  }

  /**
   * Adds to the deposit of a channel, and keeps the new certificate. What was asked for and not
   * answered is asked for again first, and counts once.
   */
  Journal.Paying topUp(Journal.Paying channel, long more)
      throws IOException, InterruptedException, HubException {
    Hash id = channel.cert().channel();
    Addition addition = additions.computeIfAbsent(id, i -> new Addition(more, UUID.randomUUID()));
    Certified made;
    try {
      made = member.topUp(id, addition.micros(), addition.once());
    } catch (HubException refused) {
      additions.remove(id);
      throw refused;
    }
    Journal.Paying larger =
        kept(channel.nonce(), made, channel.cert().payerKey(), channel.promised());
    additions.remove(id);
    return addition.micros() < more ? topUp(larger, more - addition.micros()) : larger;
  }

  private Journal.Paying kept(Hash nonce, Certified made, PayAddress payer, long promised)
      throws IOException {
    ChannelCert cert = made.cert();
    boolean sound =
        cert.payerKey().equals(payer)
            && made.signature().isBy(terms.address(), cert.digest(terms.domain()));
    if (!sound) {
      throw new IOException("the hub's certificate is not what was asked for");
    }
    Journal.Paying channel = new Journal.Paying(nonce, cert, made.signature(), promised);
    journal.paying(terms.hub(), channel);
    return channel;
  }

  /** Whether the hub has the channel open. */
  boolean isOpen(Hash channel) {
    try {
      return member.channel(channel).state().equals("OPEN");
    } catch (IOException | HubException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Redeems all vouchers, closes the channels in which it was paid, and asks for the rest of those
   * in which it has paid.
   */
  public void settle() {
    await(promises);
    await(receipts);
    calls.execute(settlement::end);
    await(calls);
  }

  /** Ends the threads; what was under way is done first. */
  @Override
  public void close() {
    for (ExecutorService part : List.of(promises, receipts, calls)) {
      await(part);
    }
    journal.close();
    client.close();
  }

  private static void await(ExecutorService part) {
    part.shutdown();
    try {
      if (!part.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "the hub takes too long; what is not redeemed is kept");
        part.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs {@code work} on {@code part}; what it gives is told on the loop. */
  static <T> void answer(
      ExecutorService part, Loop loop, Work<T> work, T otherwise, Consumer<T> told) {
    Runnable task =
        () -> {
          T result = otherwise;
          try {
            result = work.run();
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the journal of channels failed", e);
          }
          T answer = result;
          loop.execute(() -> told.accept(answer));
        };
    try {
      part.execute(task);
    } catch (java.util.concurrent.RejectedExecutionException ended) {
      loop.execute(() -> told.accept(otherwise));
    }
  }

  /** Gives an answer. */
  interface Work<T> {
    T run();
  }
}
