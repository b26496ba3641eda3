package sluice.market.trade;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerTalk;
import sluice.engine.peer.Sender;
import sluice.engine.peer.SlotSeller;
import sluice.market.auction.Offer;
import sluice.market.auction.Sale;
import sluice.market.auction.Stall;
import sluice.market.bid.Bidder;
import sluice.market.money.Price;
import sluice.market.wire.PayOffer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;

/** The market in one torrent. Loop only. */
final class MarketTalk implements PeerTalk, SlotSeller {
  private final Market market;
  private final Info torrent;
  private final Map<Integer, Neighbour> neighbours = new LinkedHashMap<>();
  private final Optional<Bidder> bidder;
  private final Wallet wallet;
  private final Remains remains = new Remains();
  private int slots = Integer.MAX_VALUE;
  private int soldLast;
  private boolean ended;

  MarketTalk(Market market, Info torrent) {
    this.market = market;
    this.torrent = torrent;
    bidder = market.buying().map(b -> new Bidder(market.most(), Price.FREE));
    wallet = market.torrents().of(torrent.hashes().best());
  }

  @Override
  public BDictionary greeting(Peer peer) {
    return market.offer().encode();
  }

  @Override
  public void onGreeting(Peer peer, BDictionary told) {
    Optional<PayOffer> offer = PayOffer.decode(told);
    if (offer.isPresent() && !peer.isClosed() && !ended) {
      neighbours.computeIfAbsent(peer.key(), key -> meet(peer)).onOffer(offer.get());
    }
  }

  /** Tells all neighbours on which terms we trade from here on. */
  void tell() {
    neighbours.values().forEach(n -> n.line().tell(market.offer()));
  }

  private Neighbour meet(Peer peer) {
    Line line = new PeerLine(peer, market.loop());
    long group = group(peer.endpoint().address());
    return new Neighbour(
        line,
        market.shop().map(shop -> new SellSide(market.scene(), shop, line, group)),
        market
            .buying()
            .map(b ->
                new BuySide(
                    market.scene(), b.purse(), wallet, line, bidder.orElseThrow(), goods(peer))));
  }

  /**
   * What the peer has to sell; where it proves the hashes of blocks, each is verified by itself.
   */
  private Goods goods(Peer peer) {
    boolean byBlock = torrent.hasV2() && (peer.handshake().v2() || !torrent.hasV1());
    long piece = torrent.layout().pieceLength();
    return new Goods(
        torrent.layout().dataLength(),
        byBlock ? PieceLayout.BLOCK : piece,
        group(peer.endpoint().address()),
        remains);
  }

  /** The network of an address: /24 of IPv4, /64 of IPv6. */
  private static long group(InetAddress address) {
    byte[] bytes = address.getAddress();
    long group = bytes.length == Integer.BYTES ? -1 : 0;
    for (int i = 0; i < (bytes.length == Integer.BYTES ? 3 : Long.BYTES); i++) {
      group = group << Byte.SIZE | (bytes[i] & 0xff);
    }
    return group;
  }

  @Override
  public void onMessage(Peer peer, ByteBuffer payload) {
    Neighbour neighbour = neighbours.get(peer.key());
    if (neighbour != null) {
      neighbour.onMessage(payload, market.scene().now());
    }
  }

  @Override
  public void onSent(Peer peer, int bytes) {
    Neighbour neighbour = neighbours.get(peer.key());
    market.scene().traffic().sent(bytes);
    if (neighbour != null) {
      neighbour.sells().ifPresent(s -> s.onSent(bytes, market.scene().now()));
    }
  }

  @Override
  public void onBlock(Peer peer, int piece, int begin, int length, boolean asked) {
    Neighbour neighbour = neighbours.get(peer.key());
    if (neighbour != null) {
      long now = market.scene().now();
      neighbour.buys().ifPresent(b -> b.onBlock(piece, length, asked, now));
    }
  }

  @Override
  public void onChecked(Peer peer, int piece, int length, boolean good) {
    Neighbour neighbour = neighbours.get(peer.key());
    long now = market.scene().now();
    long group = group(peer.endpoint().address());
    if (!good) {
      remains.lied(group, now);
    }
    if (neighbour == null) {
      remains.right(group, piece, good ? length : 0);
    } else {
      neighbour.buys().ifPresent(b -> b.onChecked(piece, length, good, now));
    }
  }

  @Override
  public void onPiece(int piece, boolean good, List<Sender> senders) {
    long now = market.scene().now();
    if (good) {
      remains.good(piece);
    } else if (senders.stream().distinct().count() == 1
        && senders.getFirst() instanceof Sender.Remote(Endpoint only)) {
      remains.lied(group(only.address()), now);
    }
    for (Neighbour neighbour : neighbours.values()) {
      neighbour.buys().ifPresent(b -> b.onPiece(piece, good, now));
    }
  }

  @Override
  public void onClosed(Peer peer) {
    Neighbour neighbour = neighbours.remove(peer.key());
    if (neighbour != null) {
      neighbour.close(market.scene().now());
    }
  }

  @Override
  public boolean needs(Peer peer) {
    Neighbour neighbour = neighbours.get(peer.key());
    return neighbour != null && neighbour.isBusy();
  }

  @Override
  public boolean wantsWholePieces(Peer peer) {
    Neighbour neighbour = neighbours.get(peer.key());
    return neighbour != null && neighbour.buys().filter(BuySide::isPaying).isPresent();
  }

  @Override
  public void tick(long now) {
    // The market has a timer of its own, which is faster.
  }

  /** A part of a second has passed. */
  void beat(long now) {
    neighbours.values().forEach(neighbour -> neighbour.tick(now));
  }

  /** Bids up to another price from the next bid on. */
  void most(Price price) {
    bidder.ifPresent(bids -> bids.most(price));
  }

  /** Buys nothing more; what is owed is paid. */
  void leave(long now) {
    neighbours.values().forEach(neighbour -> neighbour.buys().ifPresent(b -> b.leave(now)));
  }

  /** Whether something is to be paid. */
  boolean isBuying() {
    return neighbours.values().stream()
        .anyMatch(neighbour -> neighbour.buys().filter(BuySide::isBusy).isPresent());
  }

  @Override
  public Optional<SlotSeller> seller() {
    return market.shop().isPresent() ? Optional.of(this) : Optional.empty();
  }

  @Override
  public void end() {
    ended = true;
    long now = market.scene().now();
    neighbours.values().forEach(neighbour -> neighbour.close(now));
    neighbours.clear();
    market.torrents().left(torrent.hashes().best());
    market.left(this);
  }

  @Override
  public int freePermille() {
    return market.shop().orElseThrow().terms().freePermille();
  }

  @Override
  public boolean isWaiting() {
    long now = market.scene().now();
    int sold = 0;
    int waiting = 0;
    for (Neighbour neighbour : neighbours.values()) {
      SellSide side = neighbour.sells().orElseThrow();
      sold += side.isAwarded() ? 1 : 0;
      waiting += !side.isAwarded() && side.isNew(now) ? 1 : 0;
    }
    return sold < soldLast || (waiting > 0 && sold < slots);
  }

  @Override
  public void sell(List<Peer> wanting, int forSale, long now) {
    slots = forSale;
    SellTerms terms = market.shop().orElseThrow().terms();
    List<Offer> offers = new ArrayList<>();
    long rate = 0;
    for (Peer peer : wanting) {
      Neighbour neighbour = neighbours.get(peer.key());
      if (neighbour != null) {
        long waited = peer.chokedByUs() ? now - peer.slot().changedNanos() : 0;
        neighbour.sells().orElseThrow().offer(peer.key(), waited, now).ifPresent(offers::add);
        rate += peer.up().rate(now);
      }
    }
    Map<Integer, Sale> sales = new LinkedHashMap<>();
    for (Sale sale : terms.policy().sell(offers, new Stall(forSale, terms.floor(), rate))) {
      sales.put(sale.key(), sale);
    }
    soldLast = sales.size();
    neighbours.forEach((key, neighbour) -> {
      SellSide side = neighbour.sells().orElseThrow();
      Sale sale = sales.get(key);
      if (sale == null) {
        side.lose(now);
      } else {
        side.award(sale, now);
      }
    });
  }

  @Override
  public double weight(Peer peer) {
    Neighbour neighbour = neighbours.get(peer.key());
    boolean sold = neighbour != null && neighbour.sells().filter(SellSide::isAwarded).isPresent();
    return sold ? 1 : 0;
  }
}
