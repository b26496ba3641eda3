package sluice.engine.hash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import sluice.engine.peer.Peer;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.wire.Message;

/**
 * The requests for hashes that wait for an answer. An answer counts only if it leads to the node
 * that is known; who sends another one lies. Peers that refuse or are silent are left alone for a
 * while, longer each time. Loop only.
 */
final class HashAsks {
  /** Most requests that wait. */
  static final int MAX_WAITING = 32;

  /** Most requests that wait for one peer. */
  static final int MAX_PER_PEER = 4;

  /** Answers of one peer to nothing, before it is a flood. */
  static final int MAX_UNASKED = 100;

  private static final long ANSWER_NANOS = 8_000_000_000L;
  private static final long PAUSE_NANOS = 2_000_000_000L;
  private static final int MAX_DOUBLINGS = 5;

  private final Predicate<Peer> speaksHashes;
  private final Consumer<Peer> liars;
  private final List<Ask> waiting = new ArrayList<>();
  private final Map<Integer, Manners> manners = new HashMap<>();

  /** What becomes of a request; one of them is called, once. */
  interface Outcome {
    /** The base hashes of the answer, which is right. */
    void onHashes(byte[] hashes);

    /** There is no right answer. */
    void onNothing();
  }

  /**
   * What is asked for.
   *
   * @param height level of the root
   * @param top the node that the answer has to lead to
   */
  record Question(Hash root, HashRange range, int height, Hash top) {}

  private record Ask(Peer peer, Question question, long deadlineNanos, Outcome outcome) {}

  /** How one peer behaved. */
  private static final class Manners {
    int waiting;
    int misses;
    int unasked;
    long notBeforeNanos = Long.MIN_VALUE;
  }

  HashAsks(Predicate<Peer> speaksHashes, Consumer<Peer> liars) {
    this.speaksHashes = speaksHashes;
    this.liars = liars;
  }

  /** Whether one more request may wait. */
  boolean hasRoom() {
    return waiting.size() < MAX_WAITING;
  }

  /** Whether {@code peer} may be asked. */
  boolean mayAsk(Peer peer, long now) {
    if (peer.isClosed() || !speaksHashes.test(peer)) {
      return false;
    }
    Manners m = manners.get(peer.key());
    return m == null || (m.waiting < MAX_PER_PEER && now >= m.notBeforeNanos);
  }

  /** Whether {@code peer} is being asked the same. */
  boolean isAsked(Peer peer, Question question) {
    return waiting.stream().anyMatch(a -> a.peer() == peer && a.question().equals(question));
  }

  void ask(Peer peer, Question question, long now, Outcome outcome) {
    manners(peer).waiting++;
    waiting.add(new Ask(peer, question, now + ANSWER_NANOS, outcome));
    HashRange range = question.range();
    peer.outbox()
        .send(
            new Message.HashRequest(
                question.root(),
                range.baseLayer(),
                range.index(),
                range.length(),
                range.proofLayers()));
  }

  void onHashes(Peer peer, Message.Hashes answer) {
    HashRange range =
        new HashRange(answer.baseLayer(), answer.index(), answer.length(), answer.proofLayers());
    Optional<Ask> ask = take(peer, answer.piecesRoot(), range);
    if (ask.isEmpty()) {
      unasked(peer);
      return;
    }
    Question question = ask.get().question();
    Optional<Hash> top = range.top(answer.hashes(), question.height());
    if (top.filter(question.top()::equals).isPresent()) {
      manners(peer).misses = 0;
      byte[] base = new byte[range.length() * Hash.SHA256_BYTES];
      answer.hashes().duplicate().get(base);
      ask.get().outcome().onHashes(base);
    } else {
      ask.get().outcome().onNothing();
      liars.accept(peer);
    }
  }

  void onReject(Peer peer, Message.HashReject answer, long now) {
    HashRange range =
        new HashRange(answer.baseLayer(), answer.index(), answer.length(), answer.proofLayers());
    Optional<Ask> ask = take(peer, answer.piecesRoot(), range);
    if (ask.isPresent()) {
      missed(peer, now);
      ask.get().outcome().onNothing();
    } else {
      unasked(peer);
    }
  }

  /** Gives up requests that were not answered in time. */
  void tick(long now) {
    for (Ask ask : takeAll(a -> now - a.deadlineNanos() >= 0)) {
      missed(ask.peer(), now);
      ask.outcome().onNothing();
    }
  }

  /** The connection ended. */
  void closed(Peer peer) {
    List<Ask> gone = takeAll(a -> a.peer() == peer);
    manners.remove(peer.key());
    gone.forEach(a -> a.outcome().onNothing());
  }

  private void missed(Peer peer, long now) {
    Manners m = manners(peer);
    m.notBeforeNanos = now + (PAUSE_NANOS << Math.min(m.misses++, MAX_DOUBLINGS));
  }

  private void unasked(Peer peer) {
    if (++manners(peer).unasked > MAX_UNASKED) {
      peer.close();
    }
  }

  private Manners manners(Peer peer) {
    return manners.computeIfAbsent(peer.key(), k -> new Manners());
  }

  private Optional<Ask> take(Peer peer, Hash root, HashRange range) {
    return takeAll(a ->
            a.peer() == peer
                && a.question().root().equals(root)
                && a.question().range().equals(range))
        .stream()
        .findFirst();
  }

  private List<Ask> takeAll(Predicate<Ask> which) {
    List<Ask> taken = new ArrayList<>();
    for (Iterator<Ask> it = waiting.iterator(); it.hasNext(); ) {
      Ask ask = it.next();
      if (which.test(ask)) {
        it.remove();
        manners(ask.peer()).waiting--;
        taken.add(ask);
      }
    }
    return taken;
  }
}
