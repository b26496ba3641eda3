package sluice.engine.pex;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.HolepunchMessage.Reason;

/**
 * Lets peers of one torrent meet that nobody can connect to (BEP 55). A peer that both know tells
 * each of them where the other is; both dial by uTP at the same time, and their own packets open
 * the way for those of the other. We ask for that, do what we are asked to, and arrange it for
 * others, each within limits. Loop only.
 */
public final class Meetings {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Most that we ask for at a time. */
  static final int MAX_ASKED = 16;

  /** So long an answer is waited for. */
  static final long ANSWER_NANOS = 5 * SECOND_NANOS;

  /** What others ask for at once, and how often later. */
  static final int BURST = 10;

  static final long EVERY_NANOS = 5 * SECOND_NANOS;

  /** An address is dialled so seldom because others say that somebody waits there. */
  static final long ADDRESS_NANOS = 60 * SECOND_NANOS;

  /** Most addresses that are remembered for that. */
  static final int MAX_ADDRESSES = 256;

  private final Supplier<? extends List<? extends Party>> present;
  private final Map<Integer, Shares> shares = new HashMap<>();
  private final Map<Endpoint, Asked> asked = new LinkedHashMap<>();
  private final Map<InetAddress, Long> dialled = new LinkedHashMap<>();
  private Consumer<Endpoint> dialler = peer -> {};

  /** A peer that was asked to let us meet another one. */
  private record Asked(
      int relay, Endpoint whom, Consumer<Optional<Endpoint>> answer, long deadlineNanos) {}

  /** What one peer may ask for, be told, have us do, and be asked. */
  private record Shares(Share asks, Share told, Share sends, Share asked) {
    Shares(long now) {
      this(new Share(now), new Share(now), new Share(now), new Share(now));
    }
  }

  /** Meetings through those who are {@code present}. */
  public Meetings(Supplier<? extends List<? extends Party>> present) {
    this.present = present;
  }

  /** Nobody is met. */
  public static Meetings none() {
    return new Meetings(List::of);
  }

  /** Sets who dials those that wait for us. */
  public void dialler(Consumer<Endpoint> dials) {
    dialler = dials;
  }

  /** Whether {@code peer} can be met, and lets others meet. */
  static boolean speaks(Peer peer) {
    return peer.capabilities().id(Extension.HOLEPUNCH).isPresent();
  }

  /**
   * Asks for a meeting with {@code whom}: a peer that is connected with it, else one that may be.
   *
   * @param answer is told once where it waits, or that it does not; never within this call
   * @return false if nobody can be asked
   */
  public boolean ask(Endpoint whom, long now, Consumer<Optional<Endpoint>> answer) {
    if (asked.size() >= MAX_ASKED || asked.containsKey(whom)) {
      return false;
    }
    Optional<? extends Party> relay = relay(whom, now);
    relay.ifPresent(peer -> {
      asked.put(whom, new Asked(peer.key(), whom, answer, now + ANSWER_NANOS));
      peer.send(new HolepunchMessage.Rendezvous(whom));
    });
    return relay.isPresent();
  }

  private Optional<Party> relay(Endpoint whom, long now) {
    List<Party> able = new ArrayList<>();
    for (Party each : present.get()) {
      if (each.speaks() && each.endpoint().isIpv6() == whom.isIpv6()) {
        able.add(each);
      }
    }
    return able.stream()
        .filter(p -> p.knows(whom))
        .findFirst()
        .or(() -> able.stream().findFirst())
        .filter(p -> shares(p, now).asked.take(now));
  }

  /** A message of {@code from}. */
  public void onMessage(Party from, HolepunchMessage message, long now) {
    switch (message) {
      case HolepunchMessage.Rendezvous(Endpoint whom) -> {
        if (from.speaks() && shares(from, now).asks.take(now)) {
          introduce(from, whom, now);
        }
      }
      case HolepunchMessage.Connect(Endpoint peer) -> expected(from, peer, now);
      case HolepunchMessage.Failed(Endpoint whom, int code) -> answer(whom, from, Optional.empty());
    }
  }

  /** Tells {@code from} and {@code whom} of each other. */
  private void introduce(Party from, Endpoint whom, long now) {
    Optional<? extends Party> there = present.get().stream().filter(p -> isAt(p, whom)).findFirst();
    Optional<Endpoint> here = from.found();
    if (there.isEmpty() || here.isEmpty()) {
      refuse(from, whom, Reason.NOT_CONNECTED);
    } else if (there.get().key() == from.key()) {
      refuse(from, whom, Reason.NO_SELF);
    } else if (!there.get().speaks()) {
      refuse(from, whom, Reason.NO_SUPPORT);
    } else if (!meet(here.get(), whom)) {
      refuse(from, whom, Reason.NO_SUCH_PEER);
    } else if (shares(there.get(), now).told.take(now)) {
      there.get().send(new HolepunchMessage.Connect(here.get()));
      from.send(new HolepunchMessage.Connect(whom));
    }
  }

  private static boolean isAt(Party peer, Endpoint whom) {
    return peer.found().equals(Optional.of(whom)) || peer.endpoint().equals(whom);
  }

  private static boolean meet(Endpoint one, Endpoint other) {
    return one.isIpv6() == other.isIpv6()
        && PeerExchange.reaches(one.address(), other.address())
        && PeerExchange.reaches(other.address(), one.address());
  }

  /** Somebody waits for us at {@code peer}: we have asked for it, or it has. */
  private void expected(Party from, Endpoint peer, long now) {
    Optional<Asked> ours =
        asked.values().stream()
            .filter(a -> a.relay == from.key() && a.whom.address().equals(peer.address()))
            .findFirst();
    if (ours.isPresent()) {
      answer(ours.get().whom, from, Optional.of(peer));
    } else if (mayDial(from, peer.address(), now)) {
      dialler.accept(peer);
    }
  }

  /** However many peers say so, an address that knows nothing of it is left in peace. */
  private boolean mayDial(Party from, InetAddress to, long now) {
    dialled.values().removeIf(at -> now - at >= ADDRESS_NANOS);
    boolean may =
        PeerExchange.reaches(from.endpoint().address(), to)
            && dialled.size() < MAX_ADDRESSES
            && !dialled.containsKey(to)
            && shares(from, now).sends.take(now);
    if (may) {
      dialled.put(to, now);
    }
    return may;
  }

  private void answer(Endpoint whom, Party relay, Optional<Endpoint> where) {
    Asked waits = asked.get(whom);
    if (waits != null && waits.relay == relay.key()) {
      asked.remove(whom);
      waits.answer.accept(where);
    }
  }

  /** A second has passed: who did not answer will not. */
  public void tick(long now) {
    List<Asked> late = new ArrayList<>();
    for (Iterator<Asked> i = asked.values().iterator(); i.hasNext(); ) {
      Asked waits = i.next();
      if (now - waits.deadlineNanos >= 0) {
        i.remove();
        late.add(waits);
      }
    }
    late.forEach(waits -> waits.answer.accept(Optional.empty()));
  }

  /** The peer has gone. */
  public void closed(Party peer) {
    shares.remove(peer.key());
    List<Asked> vain = asked.values().stream().filter(a -> a.relay == peer.key()).toList();
    vain.forEach(a -> answer(a.whom, peer, Optional.empty()));
  }

  /** Nobody is met from here on. */
  public void stop() {
    dialler = peer -> {};
    List<Asked> vain = List.copyOf(asked.values());
    asked.clear();
    vain.forEach(waits -> waits.answer.accept(Optional.empty()));
  }

  private Shares shares(Party peer, long now) {
    return shares.computeIfAbsent(peer.key(), key -> new Shares(now));
  }

  private static void refuse(Party to, Endpoint whom, Reason reason) {
    to.send(new HolepunchMessage.Failed(whom, reason.code()));
  }

  /** So many at once, then one from time to time. */
  private static final class Share {
    private int left = BURST;
    private long sinceNanos;

    Share(long now) {
      sinceNanos = now;
    }

    boolean take(long now) {
      long more = Math.min(BURST - left, (now - sinceNanos) / EVERY_NANOS);
      left += (int) more;
      sinceNanos = left == BURST ? now : sinceNanos + more * EVERY_NANOS;
      if (left == 0) {
        return false;
      }
      left--;
      return true;
    }
  }
}
