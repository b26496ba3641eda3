package sluice.engine.pex;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.HolepunchMessage.Reason;
import sluice.protocol.wire.Message;

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

  private final PeerExchange.Present present;
  private final BiPredicate<Peer, Endpoint> knows;
  private final Map<Integer, Shares> shares = new HashMap<>();
  private final Map<Endpoint, Asked> asked = new LinkedHashMap<>();
  private final Map<InetAddress, Long> dialled = new LinkedHashMap<>();
  private Consumer<Endpoint> dialler = peer -> {};

  /** A peer that was asked to let us meet another one. */
  private record Asked(
      Peer relay, Endpoint whom, Consumer<Optional<Endpoint>> answer, long deadlineNanos) {}

  /** What one peer may ask for, be told, have us do, and be asked. */
  private record Shares(Share asks, Share told, Share sends, Share asked) {
    Shares(long now) {
      this(new Share(now), new Share(now), new Share(now), new Share(now));
    }
  }

  /**
   * Meetings through those who are {@code present}.
   *
   * @param knows whether a peer has said that it is connected with somebody
   */
  public Meetings(PeerExchange.Present present, BiPredicate<Peer, Endpoint> knows) {
    this.present = present;
    this.knows = knows;
  }

  /** Nobody is met. */
  public static Meetings none() {
    return new Meetings(
        new PeerExchange.Present() {
          @Override
          public List<Peer> peers() {
            return List.of();
          }

          @Override
          public Optional<Endpoint> listening(Peer peer) {
            return Optional.empty();
          }
        },
        (peer, endpoint) -> false);
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
    Optional<Peer> relay = relay(whom, now);
    relay.ifPresent(peer -> {
      asked.put(whom, new Asked(peer, whom, answer, now + ANSWER_NANOS));
      send(peer, new HolepunchMessage.Rendezvous(whom));
    });
    return relay.isPresent();
  }

  private Optional<Peer> relay(Endpoint whom, long now) {
    List<Peer> able =
        present.peers().stream()
            .filter(p -> speaks(p) && p.endpoint().isIpv6() == whom.isIpv6())
            .toList();
    return able.stream()
        .filter(p -> knows.test(p, whom))
        .findFirst()
        .or(() -> able.stream().findFirst())
        .filter(p -> shares(p, now).asked.take(now));
  }

  /** A message of {@code from}. */
  public void onMessage(Peer from, HolepunchMessage message, long now) {
    switch (message) {
      case HolepunchMessage.Rendezvous(Endpoint whom) -> {
        if (speaks(from) && shares(from, now).asks.take(now)) {
          introduce(from, whom, now);
        }
      }
      case HolepunchMessage.Connect(Endpoint peer) -> expected(from, peer, now);
      case HolepunchMessage.Failed(Endpoint whom, int code) -> answer(whom, from, Optional.empty());
    }
  }

  /** Tells {@code from} and {@code whom} of each other. */
  private void introduce(Peer from, Endpoint whom, long now) {
    Optional<Peer> there = present.peers().stream().filter(p -> isAt(p, whom)).findFirst();
    Optional<Endpoint> here = PeerExchange.found(from, present);
    if (there.isEmpty() || here.isEmpty()) {
      refuse(from, whom, Reason.NOT_CONNECTED);
    } else if (there.get() == from) {
      refuse(from, whom, Reason.NO_SELF);
    } else if (!speaks(there.get())) {
      refuse(from, whom, Reason.NO_SUPPORT);
    } else if (!meet(here.get(), whom)) {
      refuse(from, whom, Reason.NO_SUCH_PEER);
    } else if (shares(there.get(), now).told.take(now)) {
      send(there.get(), new HolepunchMessage.Connect(here.get()));
      send(from, new HolepunchMessage.Connect(whom));
    }
  }

  private boolean isAt(Peer peer, Endpoint whom) {
    return PeerExchange.found(peer, present).equals(Optional.of(whom))
        || peer.endpoint().equals(whom);
  }

  private static boolean meet(Endpoint one, Endpoint other) {
    return one.isIpv6() == other.isIpv6()
        && PeerExchange.reaches(one.address(), other.address())
        && PeerExchange.reaches(other.address(), one.address());
  }

  /** Somebody waits for us at {@code peer}: we have asked for it, or it has. */
  private void expected(Peer from, Endpoint peer, long now) {
    Optional<Asked> ours =
        asked.values().stream()
            .filter(a -> a.relay == from && a.whom.address().equals(peer.address()))
            .findFirst();
    if (ours.isPresent()) {
      answer(ours.get().whom, from, Optional.of(peer));
    } else if (mayDial(from, peer.address(), now)) {
      dialler.accept(peer);
    }
  }

  /** However many peers say so, an address that knows nothing of it is left in peace. */
  private boolean mayDial(Peer from, InetAddress to, long now) {
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

  private void answer(Endpoint whom, Peer relay, Optional<Endpoint> where) {
    Asked waits = asked.get(whom);
    if (waits != null && waits.relay == relay) {
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
  public void closed(Peer peer) {
    shares.remove(peer.key());
    List<Asked> vain = asked.values().stream().filter(a -> a.relay == peer).toList();
    vain.forEach(a -> answer(a.whom, peer, Optional.empty()));
  }

  /** Nobody is met from here on. */
  public void stop() {
    dialler = peer -> {};
    List<Asked> vain = List.copyOf(asked.values());
    asked.clear();
    vain.forEach(waits -> waits.answer.accept(Optional.empty()));
  }

  private Shares shares(Peer peer, long now) {
    return shares.computeIfAbsent(peer.key(), key -> new Shares(now));
  }

  private static void refuse(Peer to, Endpoint whom, Reason reason) {
    send(to, new HolepunchMessage.Failed(whom, reason.code()));
  }

  private static void send(Peer to, HolepunchMessage message) {
    to.capabilities()
        .id(Extension.HOLEPUNCH)
        .ifPresent(
            id -> to.outbox().send(new Message.Extended(id, HolepunchCodec.encode(message))));
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
