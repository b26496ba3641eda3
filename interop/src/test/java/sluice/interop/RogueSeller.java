package sluice.interop;

import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import sluice.ledger.client.HubClient;
import sluice.ledger.serve.LedgerSettings;
import sluice.market.money.Price;
import sluice.market.sign.PayAddress;
import sluice.market.wire.PayMessage;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.wire.Message;

/** A member of a hub that sells to a running payer, and cheats. One thread. */
final class RogueSeller {
  /** How. */
  enum Cheat {
    /** Asks for more than was bid. */
    ASKS_TOO_MUCH,
    /** Takes the channel, asks for all that is in it, and sends nothing. */
    DELIVERS_NOTHING,
    /** Keeps back a block of each piece. */
    KEEPS_A_BLOCK_BACK,
    /** Sends what is wrong. */
    SENDS_BAD_DATA
  }

  private static final int LEASE_SECONDS = 15;
  private static final long WINDOW = 1 << 20;
  private static final int KEPT_BACK = 5 * RoguePayer.BLOCK;

  /** A payer that has said nothing for so long will say nothing. */
  private static final int PATIENCE_MILLIS = 1_500;

  private final HubClient hub;
  private final PayAddress alias;
  private final Metainfo torrent;
  private final byte[] content;
  private final Cheat cheat;

  /** The highest voucher, which is as good as money. */
  long earned;

  /** Bids that it had. */
  int bids;

  /** Whether the payer has refused it. */
  boolean refused;

  RogueSeller(HubClient hub, PayAddress alias, Metainfo torrent, byte[] content, Cheat cheat) {
    this.hub = hub;
    this.alias = alias;
    this.torrent = torrent;
    this.content = content;
    this.cheat = cheat;
  }

  /** Sells on one connection until the payer has nothing more to say. */
  void sell(int network, int port) throws IOException {
    String asset = LedgerSettings.TEST_COINS;
    try (RogueWire wire =
        RogueWire.connect(
            network, port, torrent, RogueWire.offer(asset, hub.domain().hub(), 1_000, true))) {
      wire.send(new Message.HaveAll());
      for (Optional<RogueWire.Heard> heard = wire.next(PATIENCE_MILLIS);
          heard.isPresent();
          heard = wire.next(PATIENCE_MILLIS)) {
        switch (heard.get()) {
          case RogueWire.Heard.Wire(Message.Request(int piece, int begin, int length)) ->
              give(wire, piece, begin, length);
          case RogueWire.Heard.Wire(Message other) -> {}
          case RogueWire.Heard.Block block -> {}
          case RogueWire.Heard.Market(PayMessage message) -> hear(wire, message);
        }
      }
    } catch (SocketException closed) {
      refused = true; // the payer has closed its door
    }
  }

  private void hear(RogueWire wire, PayMessage message) throws IOException {
    switch (message) {
      case PayMessage.Bid bid -> {
        if (!bid.most().equals(Price.FREE)) {
          bids++;
          wire.say(
              new PayMessage.Award(
                  bid.number(),
                  bids,
                  cheat == Cheat.ASKS_TOO_MUCH
                      ? new Price(bid.most().perMebibyte() + 1)
                      : bid.most(),
                  LEASE_SECONDS,
                  WINDOW,
                  alias,
                  hub.domain().hub(),
                  8,
                  Optional.empty()));
          wire.send(new Message.Unchoke());
        }
      }
      case PayMessage.Open open -> {
        wire.say(new PayMessage.Ack(open.cert().channel(), earned, WINDOW));
        wire.say(new PayMessage.Need(open.cert().channel(), open.cert().deposit(), WINDOW, 5_000));
      }
      case PayMessage.Pay pay -> {
        earned = Math.max(earned, pay.voucher().cumulative());
        wire.say(new PayMessage.Ack(pay.voucher().channel(), earned, WINDOW));
      }
      case PayMessage.Fault fault -> refused = true;
      case PayMessage.Award a -> {}
      case PayMessage.Ack a -> {}
      case PayMessage.Need n -> {}
      case PayMessage.Done d -> {}
      case PayMessage.Unknown u -> {}
    }
  }

  private void give(RogueWire wire, int piece, int begin, int length) throws IOException {
    int at = piece * torrent.info().layout().pieceLength() + begin;
    byte[] bytes = Arrays.copyOfRange(content, at, at + length);
    switch (cheat) {
      case ASKS_TOO_MUCH, DELIVERS_NOTHING -> {}
      case KEEPS_A_BLOCK_BACK -> {
        if (begin != KEPT_BACK) {
          wire.sendBlock(piece, begin, bytes);
        }
      }
      case SENDS_BAD_DATA -> {
        bytes[0] ^= 1;
        wire.sendBlock(piece, begin, bytes);
      }
    }
  }
}
