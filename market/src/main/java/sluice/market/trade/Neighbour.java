package sluice.market.trade;

import java.nio.ByteBuffer;
import java.util.Optional;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** A peer that speaks the extension: its messages go to what we are to it. Loop only. */
final class Neighbour {
  /** More messages than anybody has reason to send. */
  static final int MESSAGES_PER_SECOND = 200;

  private final Pacer messages = new Pacer(MESSAGES_PER_SECOND);
  private final Line line;
  private final Optional<SellSide> sells;
  private final Optional<BuySide> buys;

  Neighbour(Line line, Optional<SellSide> sells, Optional<BuySide> buys) {
    this.line = line;
    this.sells = sells;
    this.buys = buys;
  }

  Line line() {
    return line;
  }

  Optional<SellSide> sells() {
    return sells;
  }

  Optional<BuySide> buys() {
    return buys;
  }

  void onOffer(PayOffer offer) {
    buys.ifPresent(b -> b.onOffer(offer));
  }

  /**
   * A message.
   *
   * @throws ProtocolException when it is none, or one too many
   */
  void onMessage(ByteBuffer payload, long now) {
    if (!messages.allows(now)) {
      throw new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, "bwpay: too many messages");
    }
    switch (PayCodec.decode(payload)) {
      case PayMessage.Bid bid -> sells.ifPresent(s -> s.onBid(bid, now));
      case PayMessage.Open open -> sells.ifPresent(s -> s.onOpen(open, now));
      case PayMessage.Pay pay -> sells.ifPresent(s -> s.onVoucher(pay, now));
      case PayMessage.Award award -> buys.ifPresent(b -> b.onAward(award, now));
      case PayMessage.Ack ack -> buys.ifPresent(b -> b.onAck(ack, now));
      case PayMessage.Need need -> buys.ifPresent(b -> b.onNeed(need, now));
      case PayMessage.Done done -> {
        sells.ifPresent(s -> s.onDone(done, now));
        buys.ifPresent(b -> b.onDone(done, now));
      }
      case PayMessage.Fault fault -> buys.ifPresent(b -> b.onFault(fault, now));
      case PayMessage.Unknown unknown -> {}
    }
  }

  void tick(long now) {
    sells.ifPresent(s -> s.tick(now));
    buys.ifPresent(b -> b.tick(now));
  }

  /** Whether money or data are under way between us. */
  boolean isBusy() {
    return sells.filter(SellSide::isBusy).isPresent() || buys.filter(BuySide::isBusy).isPresent();
  }

  void close(long now) {
    sells.ifPresent(s -> s.close(now));
    buys.ifPresent(b -> b.close(now));
  }
}
