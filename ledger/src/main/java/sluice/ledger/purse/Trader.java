package sluice.ledger.purse;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.ledger.client.HubClient;
import sluice.ledger.client.HubException;
import sluice.ledger.client.HubMember;
import sluice.ledger.hub.Certified;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
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
  private static final long END_SECONDS = 30;

  private final HubClient client;
  private final HubMember member;
  private final PayKey key;
  private final HubTerms terms;
  private final PayAddress alias;
  private final Journal journal;
  private final ExecutorService promises = thread("purse");
  private final ExecutorService receipts = thread("till");
  private final ExecutorService calls = thread("hub-calls");

  private Trader(HubClient client, PayKey key, String asset, Journal journal)
      throws IOException, InterruptedException, HubException {
    this.client = client;
    this.key = key;
    this.journal = journal;
    member = client.member(key);
    terms = new HubTerms(client.domain(), client.address(), asset);
    byte[] day =
        Long.toString(System.currentTimeMillis() / DAY_MILLIS).getBytes(StandardCharsets.US_ASCII);
    alias = derived("alias", day).address();
    member.register();
    member.payUnder(alias);
  }

  /**
   * Becomes a member of the hub, if it is none, and redeems what an earlier run has left.
   *
   * @param asset that is traded in; empty: the first one of the hub
   * @param file the journal
   */
  public static Trader open(URI hub, PayKey key, Optional<String> asset, Path file)
      throws IOException, InterruptedException, HubException {
    HubClient client = HubClient.connect(hub);
    Journal journal = Journal.open(file);
    try {
      String chosen =
          asset.orElseGet(() -> client.assets().stream().findFirst().orElse("no asset"));
      Trader trader = new Trader(client, key, chosen, journal);
      trader.calls.execute(() -> trader.redeemAll(false));
      return trader;
    } catch (IOException | InterruptedException | HubException | RuntimeException e) {
      journal.close();
      client.close();
      throw e;
    }
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Where is paid. */
  public HubTerms terms() {
    return terms;
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
    return new HubTill(this, loop);
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

  /** Opens a channel at the hub, and keeps it. */
  Journal.Paying openChannel(PayAddress payee, long deposit, long lifeSeconds)
      throws IOException, InterruptedException, HubException {
    Hash nonce = nonce();
    PayKey payer = derived("channel", nonce.bytes());
    Certified made = member.open(payer.address(), payee, terms.asset(), deposit, lifeSeconds);
    return kept(nonce, made, payer.address(), 0);
  }

  /** Adds to the deposit of a channel, and keeps the new certificate. */
  Journal.Paying topUp(Journal.Paying channel, long more)
      throws IOException, InterruptedException, HubException {
    Certified made = member.topUp(channel.cert().channel(), more);
    return kept(channel.nonce(), made, channel.cert().payerKey(), channel.promised());
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

  /** Asks the hub for the money of all vouchers. */
  void redeemAll(boolean close) {
    for (Journal.Paid channel : journal.paid(terms.hub())) {
      redeem(channel, close);
    }
  }

  void redeem(Hash channel) {
    journal.paid(terms.hub()).stream()
        .filter(paid -> paid.channel().equals(channel))
        .forEach(paid -> redeem(paid, false));
  }

  private void redeem(Journal.Paid channel, boolean close) {
    try {
      var voucher = channel.unredeemed();
      if (voucher.isPresent() && channel.signature().isPresent()) {
        long paid = member.redeem(voucher.get(), channel.signature().get());
        journal.redeemed(channel.channel(), paid, false);
      }
      if (close) {
        member.close(channel.channel());
        journal.redeemed(channel.channel(), channel.cumulative(), true);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the hub was not reached; vouchers are kept for the next time", e);
    } catch (HubException e) {
      LOG.log(Level.WARNING, "the hub refuses a voucher of channel " + channel.channel(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Redeems all vouchers and closes the channels in which it was paid: the rest goes back. */
  public void settle() {
    await(receipts);
    calls.execute(() -> redeemAll(true));
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
