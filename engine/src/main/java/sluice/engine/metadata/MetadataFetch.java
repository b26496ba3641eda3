package sluice.engine.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import sluice.protocol.wire.MetadataMessage;

/**
 * Fetches the metadata of one magnet from all peers that have them. Their size is not certain, for
 * anybody can claim one: each claimed size is an {@link Attempt} of its own, {@link #MAX_ATTEMPTS}
 * at a time, the most popular first. Metadata that turn out wrong came from a liar: if there was
 * one sender it is dropped, else that size is fetched from one peer after the other. Loop only.
 */
public final class MetadataFetch {
  private static final int MAX_ATTEMPTS = 3;
  private static final int MAX_UNASKED = 16;

  /** Sizes that are remembered for having been wrong once; there are no more peers than that. */
  private static final int MAX_SUSPECT_SIZES = 256;

  private static final long REQUEST_NANOS = 10_000_000_000L;

  private final MemoryBudget memory;
  private final Predicate<byte[]> isRight;
  private final Consumer<byte[]> receiver;
  private final Map<MetadataSource, Candidate> candidates = new LinkedHashMap<>();
  private final Map<Integer, Attempt> attempts = new LinkedHashMap<>();
  private final Set<Integer> suspectSizes = new LinkedHashSet<>();
  private boolean over;

  /** How far it is: of the attempt that has most. */
  public record Progress(int have, int pieces) {}

  /** A fetch whose result {@code isRight} judges and {@code receiver} gets, once. */
  public MetadataFetch(MemoryBudget memory, Predicate<byte[]> isRight, Consumer<byte[]> receiver) {
    this.memory = memory;
    this.isRight = isRight;
    this.receiver = receiver;
  }

  /** {@code source} says that it has metadata of {@code size} bytes. */
  public void offer(MetadataSource source, int size, long now) {
    if (over || size < 1 || size > MetadataMessage.MAX_SIZE) {
      return;
    }
    Candidate candidate = candidates.computeIfAbsent(source, Candidate::new);
    if (candidate.size != size) {
      withdraw(candidate);
      candidate.size = size;
    }
    fill(now);
  }

  /** {@code source} went, or takes no requests any more. */
  public void left(MetadataSource source, long now) {
    Candidate candidate = candidates.remove(source);
    if (candidate != null && !over) {
      withdraw(candidate);
      fill(now);
    }
  }

  /** {@code source} sent a piece. */
  public void data(MetadataSource source, MetadataMessage.Data data, long now) {
    Candidate candidate = candidates.get(source);
    if (candidate == null || over) {
      return;
    }
    int size = candidate.size;
    if (data.totalSize().orElse(size) != size
        || data.piece() >= MetadataMessage.pieces(size)
        || data.bytes().remaining() != MetadataMessage.length(size, data.piece())) {
      source.drop("metadata of another size than it told", true);
      return;
    }
    boolean wasOpen = close(candidate, data.piece());
    if (!wasOpen && ++candidate.unasked > MAX_UNASKED) {
      source.drop("metadata that nobody asked for", false);
      return;
    }
    Attempt attempt = attempts.get(size);
    if (attempt != null && attempt.takesFrom(candidate)) {
      if (attempt.put(data.piece(), data.bytes(), candidate)) {
        candidate.served();
      }
      if (attempt.isComplete()) {
        judge(attempt);
      }
    }
    fill(now);
  }

  /** {@code source} will not send a piece. */
  public void reject(MetadataSource source, int piece, long now) {
    Candidate candidate = candidates.get(source);
    if (candidate != null && !over && close(candidate, piece)) {
      candidate.rest(now);
      fill(now);
    }
  }

  /** Once a second. */
  public void tick(long now) {
    if (over) {
      return;
    }
    for (Candidate candidate : candidates.values()) {
      boolean late = false;
      for (Map.Entry<Integer, Long> request : List.copyOf(candidate.open.entrySet())) {
        if (now - request.getValue() > REQUEST_NANOS) {
          close(candidate, request.getKey());
          late = true;
        }
      }
      if (late) {
        candidate.rest(now);
      }
    }
    fill(now);
  }

  /** How far it is. */
  public Progress progress() {
    Progress best = new Progress(0, 0);
    for (Attempt attempt : attempts.values()) {
      if (best.pieces() == 0 || attempt.count() > best.have()) {
        best = new Progress(attempt.count(), attempt.pieces());
      }
    }
    return best;
  }

  /** Ends it and gives its memory back. */
  public void close() {
    over = true;
    List.copyOf(attempts.values()).forEach(this::discard);
    candidates.clear();
  }

  private void judge(Attempt attempt) {
    byte[] bytes = attempt.bytes();
    if (isRight.test(bytes)) {
      close();
      receiver.accept(bytes);
      return;
    }
    discard(attempt);
    if (attempt.senders.size() == 1) {
      attempt.senders.iterator().next().source.drop("sent false metadata", true);
    } else {
      if (suspectSizes.size() >= MAX_SUSPECT_SIZES) {
        suspectSizes.remove(suspectSizes.iterator().next());
      }
      suspectSizes.add(attempt.size);
    }
  }

  /** Begins attempts, ends those that lead nowhere, and asks whoever may be asked. */
  private void fill(long now) {
    if (over) {
      return;
    }
    for (Attempt attempt : List.copyOf(attempts.values())) {
      if (candidates.values().stream().noneMatch(attempt::takesFrom) || isStuck(attempt, now)) {
        discard(attempt);
      }
    }
    begin(now);
    for (Candidate candidate : List.copyOf(candidates.values())) {
      ask(candidate, now);
    }
  }

  /** Whether the only source of {@code attempt} fails it and there is another one to be tried. */
  private boolean isStuck(Attempt attempt, long now) {
    Candidate only = attempt.only;
    if (only == null || (only.isUsable(now) && !attempt.isSlow(now))) {
      return false;
    }
    boolean other =
        candidates.values().stream()
            .anyMatch(c -> c != only && c.size == attempt.size && c.isUsable(now));
    if (other && only.isUsable(now)) {
      only.rest(now);
    }
    return other;
  }

  private void begin(long now) {
    for (Optional<Attempt> next = waiting(now); next.isPresent(); next = waiting(now)) {
      Attempt attempt = next.get();
      if (attempts.size() >= MAX_ATTEMPTS && !makeRoom(now)) {
        return;
      }
      if (!memory.take(attempt.size)) {
        makeRoom(now);
        return;
      }
      attempts.put(attempt.size, attempt);
    }
    if (memory.isContended()) {
      makeRoom(now);
    }
  }

  /** Ends an attempt that does not get on. */
  private boolean makeRoom(long now) {
    for (Attempt attempt : attempts.values()) {
      List<Candidate> from = candidates.values().stream().filter(attempt::takesFrom).toList();
      boolean slow = attempt.isSlow(now);
      if (slow || from.stream().noneMatch(c -> c.isUsable(now))) {
        discard(attempt);
        from.stream().filter(c -> slow).forEach(c -> c.rest(now));
        return true;
      }
    }
    return false;
  }

  /** The attempt at the size that most usable peers claim of those that are not being tried. */
  private Optional<Attempt> waiting(long now) {
    Map<Integer, List<Candidate>> bySize = new LinkedHashMap<>();
    for (Candidate candidate : candidates.values()) {
      if (!attempts.containsKey(candidate.size) && candidate.isUsable(now)) {
        bySize.computeIfAbsent(candidate.size, size -> new ArrayList<>()).add(candidate);
      }
    }
    List<Candidate> best = List.of();
    for (List<Candidate> some : bySize.values()) {
      best = some.size() > best.size() ? some : best;
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    Candidate first = best.getFirst();
    boolean alone = suspectSizes.contains(first.size);
    return Optional.of(new Attempt(first.size, alone ? first : null, now));
  }

  private void ask(Candidate candidate, long now) {
    Attempt attempt = attempts.get(candidate.size);
    if (attempt == null || !attempt.takesFrom(candidate) || !candidate.isUsable(now)) {
      return;
    }
    while (candidate.open.size() < Candidate.MAX_OPEN) {
      int piece = attempt.next(candidate);
      if (piece < 0) {
        return;
      }
      attempt.asked(piece);
      candidate.open.put(piece, now);
      candidate.source.request(piece);
    }
  }

  /** Ends a request; false if there was none. */
  private boolean close(Candidate candidate, int piece) {
    if (candidate.open.remove(piece) == null) {
      return false;
    }
    Attempt attempt = attempts.get(candidate.size);
    if (attempt != null) {
      attempt.answered(piece);
    }
    return true;
  }

  private void withdraw(Candidate candidate) {
    List.copyOf(candidate.open.keySet()).forEach(piece -> close(candidate, piece));
  }

  private void discard(Attempt attempt) {
    candidates.values().stream().filter(attempt::takesFrom).forEach(c -> c.open.clear());
    attempts.remove(attempt.size);
    memory.give(attempt.size);
  }
}
