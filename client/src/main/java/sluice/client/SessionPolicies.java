package sluice.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerClass;
import sluice.engine.session.Engine;
import sluice.protocol.bencode.BDictionary;

/**
 * What a client does by itself: which torrents run, how long they share, which limits hold when.
 * What is set here holds from then on, and with a state folder after a restart, too; there it comes
 * before what the configuration says. Any thread may call it.
 */
public final class SessionPolicies {
  private static final String QUEUE = "policy.queue";
  private static final String SHARE = "policy.share";
  private static final String CLASS_SHARES = "policy.class-shares";
  private static final String BANDWIDTH = "policy.bandwidth";
  private static final String PEER_CLASSES = "policy.peer-classes";
  private static final String PEERS = "policy.peers";
  private static final String SCHEDULE = "policy.schedule";
  private static final String CHOSEN = "policy.chosen";

  private final Engine engine;
  private final Torrents torrents;

  SessionPolicies(Engine engine, Torrents torrents) {
    this.engine = engine;
    this.torrents = torrents;
  }

  /** Tells the engine what was set before. */
  void restore() {
    Map<String, String> kept = torrents.settings();
    restore(kept, QUEUE, PolicyCodec::queue, engine::queue);
    restore(kept, SHARE, PolicyCodec::share, engine::share);
    restore(kept, CLASS_SHARES, PolicyCodec::classShares, engine::classShares);
    restore(kept, BANDWIDTH, PolicyCodec::bandwidth, engine::bandwidth);
    restore(kept, PEER_CLASSES, PolicyCodec::peerClasses, engine::peerClasses);
    restore(kept, PEERS, PolicyCodec::peers, engine::limits);
    restore(kept, SCHEDULE, PolicyCodec::schedule, s -> engine.schedule(Optional.of(s)));
    restore(kept, CHOSEN, PolicyCodec::profile, p -> engine.choose(Optional.of(p)));
  }

  /** The limits that were set by {@link #queue}, now or in an earlier run. */
  public Optional<QueueLimits> queueLimits() {
    return kept(QUEUE, PolicyCodec::queue);
  }

  /** The rule that was set by {@link #share}. */
  public Optional<ShareRule> shareRule() {
    return kept(SHARE, PolicyCodec::share);
  }

  /** The plan that was set by {@link #bandwidth}. */
  public Optional<BandwidthPlan> bandwidthPlan() {
    return kept(BANDWIDTH, PolicyCodec::bandwidth);
  }

  /** The limits that were set by {@link #peers}. */
  public Optional<PeerLimits> peerLimits() {
    return kept(PEERS, PolicyCodec::peers);
  }

  /** The rules that were set by {@link #peerClasses}. */
  public List<PeerClass> peerClassRules() {
    return kept(PEER_CLASSES, PolicyCodec::peerClasses).orElse(List.of());
  }

  /** The schedule that was set by {@link #schedule(Optional)}. */
  public Optional<Schedule> schedule() {
    return kept(SCHEDULE, PolicyCodec::schedule);
  }

  /** The profile that was chosen by {@link #choose}. */
  public Optional<Profile> chosen() {
    return kept(CHOSEN, PolicyCodec::profile);
  }

  private <T> Optional<T> kept(String key, Function<BDictionary, T> read) {
    return Optional.of(torrents.settings().getOrDefault(key, ""))
        .filter(text -> !text.isEmpty())
        .map(text -> PolicyCodec.read(text, read));
  }

  private static <T> void restore(
      Map<String, String> kept, String key, Function<BDictionary, T> read, Consumer<T> apply) {
    String text = kept.getOrDefault(key, "");
    if (text.isEmpty()) {
      return;
    }
    try {
      apply.accept(PolicyCodec.read(text, read));
    } catch (IllegalArgumentException e) {
      throw new ClientException("the setting " + key + " of the state folder cannot be read", e);
    }
  }

  /** Limits how many torrents run at a time. Without limits there is no queue. */
  public CompletionStage<Void> queue(QueueLimits limits) {
    return set(QUEUE, PolicyCodec.text(PolicyCodec.write(limits)), () -> engine.queue(limits));
  }

  /** Says when torrents have shared enough that do not say so themselves. */
  public CompletionStage<Void> share(ShareRule rule) {
    return set(SHARE, PolicyCodec.text(PolicyCodec.write(rule)), () -> engine.share(rule));
  }

  /**
   * Says when torrents of bandwidth classes have shared enough that do not say so themselves: rules
   * by the name of the class, in place of those before.
   */
  public CompletionStage<Void> classShares(Map<String, ShareRule> byClass) {
    return set(
        CLASS_SHARES,
        PolicyCodec.text(PolicyCodec.write(byClass)),
        () -> engine.classShares(byClass));
  }

  /** Limits the rate of all torrents together and divides it among classes. */
  public CompletionStage<Void> bandwidth(BandwidthPlan plan) {
    return set(BANDWIDTH, PolicyCodec.text(PolicyCodec.write(plan)), () -> engine.bandwidth(plan));
  }

  /**
   * Puts peers into classes of bandwidth by their address, whatever that of their torrent; the
   * first rule that fits holds.
   */
  public CompletionStage<Void> peerClasses(List<PeerClass> rules) {
    return set(
        PEER_CLASSES,
        PolicyCodec.text(PolicyCodec.writePeers(rules)),
        () -> engine.peerClasses(rules));
  }

  /** Limits how many connections there are; those that are too many are closed. */
  public CompletionStage<Void> peers(PeerLimits limits) {
    return set(PEERS, PolicyCodec.text(PolicyCodec.write(limits)), () -> engine.limits(limits));
  }

  /** Lets limits depend on the local time of the week, or not any more. */
  public CompletionStage<Void> schedule(Optional<Schedule> schedule) {
    String text = schedule.map(s -> PolicyCodec.text(PolicyCodec.write(s))).orElse("");
    return set(SCHEDULE, text, () -> engine.schedule(schedule));
  }

  /**
   * Lets {@code profile} hold whatever the time and the schedule, such as for a while of other
   * speeds; empty: as the schedule says.
   */
  public CompletionStage<Void> choose(Optional<Profile> profile) {
    String text = profile.map(p -> PolicyCodec.text(PolicyCodec.write(p))).orElse("");
    return set(CHOSEN, text, () -> engine.choose(profile));
  }

  private CompletionStage<Void> set(
      String key, String text, Supplier<CompletionStage<Void>> apply) {
    try {
      return torrents.set(key, text).thenCompose(done -> apply.get());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(new ClientException(key + " cannot be kept", e));
    }
  }
}
