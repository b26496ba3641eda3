package sluice.sim.market;

import java.util.List;
import java.util.OptionalLong;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayMessage;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.sim.scenario.WirePeer;

/**
 * A payer of its own make that speaks the wire protocol: bids, opens a channel, takes blocks as
 * fast as they come, and pays or does not pay as its trick says. One for each connection.
 */
final class RoguePayer extends Rogue {
  private static final int AHEAD = 64;
  private static final int BLOCK = PieceLayout.BLOCK;

  private final Trick trick;
  private long asked;

  /** What is locked for the channel. */
  long depositMicros = 64 << 20;

  private boolean choked = true;
  private boolean acked;
  private long bids;
  private SimBank.Channel channel;
  private long base;
  private long window;

  /** Bytes that came on this connection's awards. */
  long charged;

  /** Blocks that came otherwise. */
  long free;

  /** Awards that began. */
  int awards;

  private boolean awarded;

  /** How it cheats; an honest one does what these do. */
  interface Trick {
    /** What is sent instead of {@code open}. */
    default PayMessage.Open open(PayMessage.Open honest) {
      return honest;
    }

    /** What is sent where an honest payer would pay. */
    default List<PayMessage> pay(PayMessage.Pay honest, RoguePayer by) {
      return List.of(honest);
    }
  }

  RoguePayer(WirePeer.Wire wire, SimBank bank, Trick trick) {
    super(wire, bank);
    this.trick = trick;
  }

  @Override
  public void onOpen() {
    wire.send(Greeting.of(bank, false));
    wire.send(new Message.Interested());
  }

  @Override
  void onGreeting() {
    bid();
  }

  @Override
  void onOther(Message message) {
    switch (message) {
      case Message.Choke() -> {
        choked = true;
        asked = charged + free;
      }
      case Message.Unchoke() -> {
        choked = false;
        ask();
      }
      default -> {
        // Nothing else is of interest.
      }
    }
  }

  private void bid() {
    say(new PayMessage.Bid(++bids, SimBank.PRICE, 0, 60, bank.terms.asset(), bank.terms.hub()));
    wire.after(20_000_000_000L, this::bid);
  }

  @Override
  void hear(PayMessage message) {
    switch (message) {
      case PayMessage.Award award -> {
        if (!awarded) {
          awarded = true;
          awards++;
          channel =
              bank.channels().values().stream()
                  .findFirst()
                  .orElseGet(() -> bank.open(award.payee(), depositMicros));
          say(trick.open(new PayMessage.Open(channel.cert, bank.certify(channel.cert))));
        }
      }
      case PayMessage.Ack ack -> {
        if (!acked) {
          acked = true;
          base = ack.cumulative() - charged;
        }
        window = ack.windowBytes();
        pay(window == 0 ? BLOCK : 0);
      }
      case PayMessage.Need need -> pay(0);
      case PayMessage.Done done -> {
        awarded = false;
        acked = false;
      }
      case PayMessage.Bid b -> {}
      case PayMessage.Open o -> {}
      case PayMessage.Pay p -> {}
      case PayMessage.Fault f -> {}
      case PayMessage.Unknown u -> {}
    }
  }

  @Override
  public void onBlock(int piece, int begin, int length) {
    if (acked) {
      charged += length;
      if (base + charged - channel.promised >= window / 2) {
        pay(window == 0 ? BLOCK : 0);
      }
    } else {
      free += length;
    }
    ask();
  }

  private void pay(long before) {
    long due = base + charged + before;
    if (acked && due > channel.promised) {
      for (PayMessage message : trick.pay(voucher(due), this)) {
        say(message);
        if (message instanceof PayMessage.Pay pay
            && pay.voucher().cumulative() <= channel.cert.deposit()) {
          channel.promised = Math.max(channel.promised, pay.voucher().cumulative());
        }
      }
    }
  }

  /** A right one. */
  PayMessage.Pay voucher(long cumulative) {
    Voucher voucher = new Voucher(channel.cert.channel(), cumulative);
    PaySignature signature = channel.key.sign(voucher.digest(bank.terms.domain()));
    return new PayMessage.Pay(voucher, signature, OptionalLong.empty());
  }

  /** The channel's certificate. */
  ChannelCert cert() {
    return channel.cert;
  }

  /** Ends the connection. */
  void leave() {
    wire.after(0, wire::close);
  }

  private void ask() {
    PieceLayout layout = wire.torrent().layout();
    int perPiece = layout.pieceLength() / BLOCK;
    while (!choked && asked < charged + free + (long) AHEAD * BLOCK) {
      int block = (int) (asked / BLOCK % ((long) layout.pieceCount() * perPiece));
      asked += BLOCK;
      wire.send(new Message.Request(block / perPiece, block % perPiece * BLOCK, BLOCK));
    }
  }
}
