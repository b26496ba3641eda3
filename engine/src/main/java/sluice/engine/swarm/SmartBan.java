package sluice.engine.swarm;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.engine.peer.Sender;
import sluice.protocol.digest.Digests;

/**
 * Finds who sent false data. A bad piece that came from one peer condemns it. Of a bad piece that
 * came from several, the digest of each block and its sender are remembered until the piece comes
 * good: who sent a block that differs from the good one lied. A peer that took part in two bad
 * pieces is on parole: it is to fetch whole pieces alone, so that the next bad one is proof.
 * Thread: the torrent's loop.
 */
public final class SmartBan {
  /** Bad pieces after which a peer is on parole. */
  static final int PAROLE_PIECES = 2;

  /** Most blocks remembered, of all pieces; the oldest go first. */
  static final int MAX_BLOCKS = 65_536;

  /** Most suspects remembered; the oldest go first. */
  static final int MAX_SUSPECTS = 1_024;

  private final Map<Integer, Deque<Attempt>> bad = new LinkedHashMap<>();

  /** Of how many bad pieces, whose liars are not known, each has sent a part. */
  private final Map<Sender, Integer> suspects = new LinkedHashMap<>();

  private int blocks;

  /** What a bad piece consisted of; {@code digests[i]} came from {@code senders.get(i)}. */
  private static final class Attempt {
    final long[] digests;
    final List<Sender> senders;

    Attempt(List<Long> digests, List<Sender> senders) {
      this.digests = digests.stream().mapToLong(Long::longValue).toArray();
      this.senders = List.copyOf(senders);
    }
  }

  /**
   * A piece came out bad. Returns who is to be banned at once.
   *
   * @param digests the {@link #digest} of each block, in order
   * @param senders who sent each block
   */
  public List<Sender> onBad(int piece, List<Long> digests, List<Sender> senders) {
    checkSizes(digests, senders);
    Set<Sender> distinct = new LinkedHashSet<>(senders);
    if (distinct.size() == 1) {
      suspects.remove(culprit(senders.getFirst()));
      return List.copyOf(distinct);
    }
    Set<Sender> culprits = new LinkedHashSet<>();
    distinct.forEach(sender -> culprits.add(culprit(sender)));
    culprits.forEach(this::suspect);
    remember(piece, new Attempt(digests, senders));
    return List.of();
  }

  /**
   * A piece came out good. Returns who is to be banned: those who sent a different block for it
   * before. A peer that sent the whole piece is off parole; the others are not suspected of this
   * piece any more.
   */
  public List<Sender> onGood(int piece, List<Long> digests, List<Sender> senders) {
    checkSizes(digests, senders);
    Set<Sender> distinct = new LinkedHashSet<>(senders);
    if (distinct.size() == 1) {
      suspects.remove(culprit(senders.getFirst()));
    }
    return onProof(piece, digests);
  }

  /**
   * It is certain which digests the blocks of a bad piece must have. Returns who is to be banned;
   * the others are not suspected of this piece any more.
   */
  public List<Sender> onProof(int piece, List<Long> digests) {
    Set<Sender> liars = new LinkedHashSet<>();
    for (Attempt attempt : forget(piece)) {
      for (int i = 0; i < Math.min(attempt.digests.length, digests.size()); i++) {
        if (attempt.digests[i] != digests.get(i)) {
          liars.add(attempt.senders.get(i));
        }
      }
      Set<Sender> culprits = new LinkedHashSet<>();
      attempt.senders.forEach(sender -> culprits.add(culprit(sender)));
      culprits.forEach(c -> suspects.computeIfPresent(c, (k, n) -> n > 1 ? n - 1 : null));
    }
    liars.forEach(liar -> suspects.remove(culprit(liar)));
    return List.copyOf(liars);
  }

  /** The digest of a block: the first eight bytes of its SHA-256, which is a leaf of BEP 52. */
  public static long digest(ByteBuffer block) {
    MessageDigest sha256 = Digests.sha256();
    sha256.update(block.duplicate());
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  /** Whether a bad version of {@code piece} is remembered, so that its digests are of use. */
  public boolean remembers(int piece) {
    return bad.containsKey(piece);
  }

  /** Whether {@code source} is to fetch whole pieces alone. */
  public boolean onParole(Sender source) {
    return suspects.getOrDefault(culprit(source), 0) >= PAROLE_PIECES;
  }

  private static Sender culprit(Sender sender) {
    return switch (sender) {
      case Sender.Remote(var endpoint) -> new Sender.Remote(Addresses.culprit(endpoint));
      case Sender.Web web -> web;
      case Sender.Sibling sibling -> sibling;
      case Sender.Kept kept -> kept;
    };
  }

  /** Blocks remembered. */
  int blocks() {
    return blocks;
  }

  /** Peers remembered. */
  int suspects() {
    return suspects.size();
  }

  private void suspect(Sender culprit) {
    if (!suspects.containsKey(culprit) && suspects.size() >= MAX_SUSPECTS) {
      suspects.remove(suspects.keySet().iterator().next());
    }
    suspects.merge(culprit, 1, Integer::sum);
  }

  private void remember(int piece, Attempt attempt) {
    bad.computeIfAbsent(piece, p -> new ArrayDeque<>()).add(attempt);
    blocks += attempt.digests.length;
    while (blocks > MAX_BLOCKS) {
      int oldest = bad.keySet().iterator().next();
      Deque<Attempt> attempts = bad.getOrDefault(oldest, new ArrayDeque<>());
      blocks -= attempts.removeFirst().digests.length;
      if (attempts.isEmpty()) {
        bad.remove(oldest);
      }
    }
  }

  private List<Attempt> forget(int piece) {
    Deque<Attempt> attempts = bad.remove(piece);
    if (attempts == null) {
      return List.of();
    }
    attempts.forEach(a -> blocks -= a.digests.length);
    return new ArrayList<>(attempts);
  }

  private static void checkSizes(List<Long> digests, List<Sender> senders) {
    if (digests.size() != senders.size() || senders.isEmpty()) {
      throw new IllegalArgumentException(
          digests.size() + " digests of " + senders.size() + " senders");
    }
  }
}
