package sluice.sim.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.market.money.Price;
import sluice.market.wire.PayMessage;
import sluice.protocol.wire.Message;
import sluice.sim.scenario.WirePeer;

/**
 * A seller of its own make that speaks the wire protocol: sells a slot to whoever bids, takes the
 * channel, and delivers or does not deliver as its trick says.
 */
final class RogueSeller extends Rogue {
  private static final int LEASE_SECONDS = 15;
  private static final long RENEW_NANOS = 10_000_000_000L;
  private static final byte FLIP = 0x55;

  private final Trick trick;
  private long awards;
  private Optional<PayMessage.Bid> bid = Optional.empty();
  private final List<Message.Request> early = new ArrayList<>();
  private boolean acked;
  private long served;
  private long servedBefore;
  private int sold;

  /** How it cheats; an honest one does what these do. */
  interface Trick {
    /** What it asks for. */
    default Price price(PayMessage.Bid bid) {
      return bid.most();
    }

    /** What it says may be unpaid. */
    default long window() {
      return Bazaar.WINDOW;
    }

    /** Whether it takes a channel that it is shown. */
    default boolean acknowledges() {
      return true;
    }

    /** What it says after having taken a channel. */
    default Optional<PayMessage> demand(PayMessage.Open open) {
      return Optional.empty();
    }

    /** What it makes of a block, of which {@code served} bytes were before; empty: nothing. */
    default Optional<byte[]> block(byte[] right, long served) {
      return Optional.of(right);
    }

    /** After how many bytes it ends an award; it sells anew to who bids again. */
    default long endsAfter() {
      return Long.MAX_VALUE;
    }

    /** A block that is wrong. */
    static byte[] wrong(byte[] right) {
      byte[] bytes = right.clone();
      bytes[bytes.length / 2] ^= FLIP;
      return bytes;
    }
  }

  RogueSeller(WirePeer.Wire wire, SimBank bank, Trick trick) {
    super(wire, bank);
    this.trick = trick;
  }

  @Override
  public void onOpen() {
    wire.send(new Message.HaveAll());
    wire.send(Greeting.of(bank, true));
  }

  @Override
  void onOther(Message message) {
    if (message instanceof Message.Request request) {
      if (acked) {
        serve(request);
      } else {
        early.add(request); // what comes before it has the channel is free
      }
    }
  }

  private void serve(Message.Request request) {
    byte[] right = wire.torrent().block(request.piece(), request.begin(), request.length());
    trick
        .block(right, served)
        .ifPresent(bytes -> {
          served += request.length();
          wire.sendBlock(request.piece(), request.begin(), bytes);
        });
    if (served - servedBefore >= trick.endsAfter()) {
      end();
    }
  }

  /** Ends the award; the next bid is a new one. */
  private void end() {
    say(new PayMessage.Done(awards, PayMessage.End.NORMAL));
    wire.send(new Message.Choke());
    bid = Optional.empty();
    acked = false;
    servedBefore = served;
  }

  /** How many bids it has sold to. */
  int sold() {
    return sold;
  }

  @Override
  void hear(PayMessage message) {
    switch (message) {
      case PayMessage.Bid told -> {
        boolean first = bid.isEmpty();
        bid = Optional.of(told).filter(b -> !b.most().equals(Price.FREE));
        if (first && bid.isPresent()) {
          sold++;
          sell(sold);
        }
      }
      case PayMessage.Open open -> {
        if (trick.acknowledges()) {
          say(new PayMessage.Ack(open.cert().channel(), bank.taken(), trick.window()));
          trick.demand(open).ifPresent(this::say);
          acked = true;
          early.forEach(this::serve);
          early.clear();
        }
      }
      case PayMessage.Pay pay -> {
        bank.keep(pay.voucher(), pay.signature());
        say(new PayMessage.Ack(pay.voucher().channel(), bank.taken(), trick.window()));
      }
      case PayMessage.Done d -> {}
      case PayMessage.Award a -> {}
      case PayMessage.Ack a -> {}
      case PayMessage.Need n -> {}
      case PayMessage.Fault f -> {}
      case PayMessage.Unknown u -> {}
    }
  }

  /** Ends the connection. */
  void leave() {
    wire.after(0, wire::close);
  }

  private void sell(int number) {
    if (number != sold) {
      return;
    }
    bid.ifPresent(told -> {
      say(
          new PayMessage.Award(
              told.number(),
              ++awards,
              trick.price(told),
              LEASE_SECONDS,
              trick.window(),
              SimBank.ALIAS,
              bank.terms.hub(),
              8,
              Optional.empty()));
      wire.send(new Message.Unchoke());
    });
    wire.after(RENEW_NANOS, () -> sell(number));
  }
}
