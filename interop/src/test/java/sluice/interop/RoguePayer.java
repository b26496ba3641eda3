package sluice.interop;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.ledger.client.HubClient;
import sluice.ledger.client.HubException;
import sluice.ledger.hub.Certified;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.wallet.Keystore;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** A member of a hub that buys of a running seller, and cheats. One thread. */
final class RoguePayer {
  /** How. */
  enum Cheat {
    NEVER_PAYS,
    STOPS_PAYING,
    REPEATS,
    PROMISES_TOO_MUCH,
    SIGNS_BY_ANOTHER_KEY,
    FORGES_THE_CERTIFICATE
  }

  static final int BLOCK = PieceLayout.BLOCK;

  /** When one stops that pays at first: the window is as wide as it gets. */
  private static final long STOPS_AT_BYTES = 2 << 20;

  private static final int AHEAD = 100;
  private static final long DEPOSIT = 20_000_000;
  private static final int PATIENCE_MILLIS = 60_000;

  private final HubClient hub;
  private final PayKey member;
  private final Metainfo torrent;
  private final Price price;
  private final Cheat cheat;
  private final PayKey channelKey = Keystore.newKey();
  private Optional<Certified> channel = Optional.empty();
  private Optional<PayMessage.Pay> first = Optional.empty();
  private boolean opened;
  private boolean serves;
  private long window;
  private long base;
  private long asked;

  /** Bytes that came on awards, on all connections. */
  long charged;

  /** What the seller can redeem. */
  long promised;

  RoguePayer(HubClient hub, PayKey member, Metainfo torrent, Price price, Cheat cheat) {
    this.hub = hub;
    this.member = member;
    this.torrent = torrent;
    this.price = price;
    this.cheat = cheat;
  }

  /** What was taken and will never be paid. */
  long stolenMicros() {
    return price.due(charged) - promised;
  }

  /**
   * Buys until the seller asks for money, refuses, or will give nothing on credit; or until the
   * first block has come.
   */
  void buy(int network, int port, boolean leavesEarly)
      throws IOException, InterruptedException, HubException {
    PayOffer offer = RogueWire.offer(LedgerSettings.TEST_COINS, hub.domain().hub(), 0, false);
    long before = charged;
    serves = false;
    opened = false;
    window = 0;
    try (RogueWire wire = RogueWire.connect(network, port, torrent, offer)) {
      boolean bids = false;
      boolean goesOn = true;
      while (goesOn) {
        RogueWire.Heard heard =
            wire.next(PATIENCE_MILLIS).orElseThrow(() -> new IOException("nothing more: " + cheat));
        if (!bids) {
          bids = true;
          wire.send(new Message.Interested());
          wire.say(
              new PayMessage.Bid(1, price, 0, 300, LedgerSettings.TEST_COINS, hub.domain().hub()));
        }
        switch (heard) {
          case RogueWire.Heard.Wire(Message message) -> {
            if (message instanceof Message.Unchoke && opened) {
              ask(wire);
            }
          }
          case RogueWire.Heard.Block(int length) -> {
            if (serves) {
              charged += length;
              pay(wire);
            }
            ask(wire);
            goesOn = !leavesEarly || charged == before;
          }
          case RogueWire.Heard.Market(PayMessage message) -> goesOn = hear(wire, message);
        }
      }
    }
  }

  /** Whether there may be more to come. */
  private boolean hear(RogueWire wire, PayMessage message)
      throws IOException, InterruptedException, HubException {
    switch (message) {
      case PayMessage.Award award -> {
        if (!opened) {
          opened = true;
          wire.say(open(award));
        }
        return true;
      }
      case PayMessage.Ack ack -> {
        if (!serves) {
          serves = true;
          base = ack.cumulative() - price.due(charged);
        }
        window = ack.windowBytes();
        ask(wire);
        return window > 0;
      }
      case PayMessage.Fault fault -> {
        return cheat == Cheat.REPEATS;
      }
      case PayMessage.Need need -> {
        return false;
      }
      case PayMessage.Done done -> {
        return false;
      }
      case PayMessage.Bid b -> {}
      case PayMessage.Open o -> {}
      case PayMessage.Pay p -> {}
      case PayMessage.Unknown u -> {}
    }
    return true;
  }

  private PayMessage.Open open(PayMessage.Award award)
      throws IOException, InterruptedException, HubException {
    if (channel.isEmpty()) {
      channel =
          Optional.of(
              hub.member(member)
                  .open(
                      channelKey.address(),
                      award.payee(),
                      LedgerSettings.TEST_COINS,
                      DEPOSIT,
                      7_200));
    }
    ChannelCert cert = channel.get().cert();
    PaySignature signature =
        cheat == Cheat.FORGES_THE_CERTIFICATE
            ? Keystore.newKey().sign(cert.digest(hub.domain()))
            : channel.get().signature();
    return new PayMessage.Open(cert, signature);
  }

  /** All requests go out at once; what comes on credit is up to the seller. */
  private void ask(RogueWire wire) throws IOException {
    PieceLayout layout = torrent.info().layout();
    int blocks = layout.pieceLength() / BLOCK;
    while (asked < charged + (long) AHEAD * BLOCK) {
      int block = (int) (asked / BLOCK % ((long) layout.pieceCount() * blocks));
      asked += BLOCK;
      wire.send(new Message.Request(block / blocks, block % blocks * BLOCK, BLOCK));
    }
  }

  private PayMessage.Pay voucher(long cumulative, PayKey key) {
    Voucher voucher = new Voucher(channel.orElseThrow().cert().channel(), cumulative);
    PaySignature signature = key.sign(voucher.digest(hub.domain()));
    return new PayMessage.Pay(voucher, signature, OptionalLong.empty());
  }

  private void pay(RogueWire wire) throws IOException {
    long due = base + price.due(charged);
    if (due - promised < price.due(window) / 2) {
      return;
    }
    switch (cheat) {
      case NEVER_PAYS, FORGES_THE_CERTIFICATE -> {}
      case STOPS_PAYING -> {
        if (charged < STOPS_AT_BYTES) {
          wire.say(voucher(due, channelKey));
          promised = due;
        }
      }
      case REPEATS -> {
        if (first.isEmpty()) {
          first = Optional.of(voucher(due, channelKey));
          promised = due;
        }
        wire.say(first.get());
      }
      case PROMISES_TOO_MUCH -> wire.say(voucher(DEPOSIT + 1, channelKey));
      case SIGNS_BY_ANOTHER_KEY -> wire.say(voucher(due, Keystore.newKey()));
    }
  }
}
