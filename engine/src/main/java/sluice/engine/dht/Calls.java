package sluice.engine.dht;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.Tally;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.KrpcMessage;

/**
 * The queries that wait for their answers. An answer counts if it comes from where the query went
 * and has its transaction, which nobody else can know. Loop only.
 */
final class Calls {
  /** Most queries that wait. */
  static final int MAX_CALLS = 1_024;

  private static final long TICK_NANOS = 100_000_000L;

  private final Loop loop;
  private final Entropy entropy;
  private final Tally<QueryCount> counts;
  private final RoundTrip roundTrip = new RoundTrip();

  /** In the order in which they were made. */
  private final Map<Integer, Call> calls = new LinkedHashMap<>();

  /** How many of them went where. */
  private final Map<Endpoint, Integer> asked = new HashMap<>();

  private Loop.@Nullable Timer timer;

  /** What becomes of a query: exactly one of answer, refusal and silence, and perhaps slowness. */
  interface Handler {
    /** It was answered. */
    void onReply(KrpcMessage.Reply reply);

    /** It was refused. */
    void onRefused(KrpcMessage.Failure failure);

    /** It takes longer than most; an answer may come. */
    default void onSlow() {}

    /** No answer came. */
    void onSilence();
  }

  private static final class Call {
    final Endpoint to;
    final DhtQuery query;
    final Handler handler;
    final long sentNanos;
    boolean slow;

    Call(Endpoint to, DhtQuery query, Handler handler, long now) {
      this.to = to;
      this.query = query;
      this.handler = handler;
      this.sentNanos = now;
    }
  }

  Calls(Loop loop, Entropy entropy, Tally<QueryCount> counts) {
    this.loop = loop;
    this.entropy = entropy;
    this.counts = counts;
  }

  /** How long an answer is awaited. */
  long lostNanos() {
    return roundTrip.lostNanos();
  }

  boolean isFull() {
    return calls.size() >= MAX_CALLS;
  }

  /** Notes {@code query}, which goes to {@code to}, and gives its transaction. */
  BString open(Endpoint to, DhtQuery query, Handler handler) {
    int transaction;
    do {
      transaction = (int) entropy.nextLong();
    } while (calls.containsKey(transaction));
    calls.put(transaction, new Call(to, query, handler, loop.now()));
    asked.merge(to, 1, Integer::sum);
    if (timer == null) {
      timer = loop.after(TICK_NANOS, this::tick);
    }
    return BString.of(ByteBuffer.allocate(Integer.BYTES).putInt(transaction).array());
  }

  /** Whether a query waits for an answer from {@code from}. */
  boolean awaits(Endpoint from) {
    return asked.containsKey(from);
  }

  private void ended(Call call, QueryCount.Result result) {
    counts.add(QueryCount.of(call.query, false, result), 1);
    asked.computeIfPresent(call.to, (to, count) -> count == 1 ? null : count - 1);
  }

  /** Whether {@code message} answers a query. */
  boolean isAwaited(Endpoint from, KrpcMessage message) {
    if (message.transaction().length() != Integer.BYTES) {
      return false;
    }
    Call call = calls.get(message.transaction().view().getInt());
    return call != null && call.to.equals(from);
  }

  /** An answer or a refusal came; false if nothing like it was asked. */
  boolean take(Endpoint from, KrpcMessage message) {
    if (!isAwaited(from, message)) {
      return false;
    }
    Call call = Objects.requireNonNull(calls.remove(message.transaction().view().getInt()));
    boolean refused = message instanceof KrpcMessage.Failure;
    ended(call, refused ? QueryCount.Result.REFUSED : QueryCount.Result.ANSWERED);
    roundTrip.measure(loop.now() - call.sentNanos);
    switch (message) {
      case KrpcMessage.Reply reply -> call.handler.onReply(reply);
      case KrpcMessage.Failure failure -> call.handler.onRefused(failure);
      case KrpcMessage.Query query -> throw new IllegalArgumentException("not an answer: " + query);
    }
    return true;
  }

  private void tick() {
    timer = null;
    long now = loop.now();
    List<Call> slow = new ArrayList<>();
    List<Call> lost = new ArrayList<>();
    calls
        .values()
        .removeIf(call -> {
          long waited = now - call.sentNanos;
          if (waited >= roundTrip.lostNanos()) {
            ended(call, QueryCount.Result.SILENT);
            lost.add(call);
            return true;
          }
          if (!call.slow && waited >= roundTrip.slowNanos()) {
            call.slow = true;
            slow.add(call);
          }
          return false;
        });
    if (!calls.isEmpty()) {
      timer = loop.after(TICK_NANOS, this::tick);
    }
    slow.forEach(call -> call.handler.onSlow());
    lost.forEach(call -> call.handler.onSilence());
  }

  /** Forgets all, without a word. */
  void close() {
    calls.clear();
    asked.clear();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
