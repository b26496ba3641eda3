package sluice.cli.wiring;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.dht.Dht;
import sluice.engine.dht.Inquiries;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/**
 * Asks the DHT which torrent a link that can be changed leads to (BEP 46). Any thread; calls block.
 *
 * @param routers to enter the DHT by
 * @param bind address to ask from
 * @param passage to the network
 */
public record Updates(List<HostPort> routers, Optional<InetAddress> bind, Passage passage) {
  public Updates {
    routers = List.copyOf(routers);
  }

  /**
   * Where a link leads to at some time.
   *
   * @param item as its owner has signed it
   */
  public record Version(Item.Mutable item, Hash torrent) {
    /** The link of that torrent. */
    public String magnet() {
      return "magnet:?xt=urn:btih:" + torrent.hex();
    }

    boolean isNewer(Version than) {
      return item.seq() > than.item.seq() && !torrent.equals(than.torrent);
    }
  }

  /** {@code name}, or the magnet link of the torrent that it leads to at this time. */
  public String resolve(String name) throws InterruptedException {
    Optional<UpdateMagnet> link = UpdateMagnet.parse(name);
    return link.isEmpty() ? name : look(link.get()).magnet();
  }

  /** The version of this time. */
  public Version look(UpdateMagnet link) throws InterruptedException {
    try (DhtSession session = DhtSession.open(routers, bind, passage)) {
      session.awaitNodes();
      return look(session, link)
          .orElseThrow(() ->
              new Problem(
                  ExitCode.NOT_FOUND, "no node of the DHT knows a torrent of " + link.toUri()));
    }
  }

  /**
   * Waits for a newer version than {@code known}. Each time nothing newer is there, {@code known}
   * is put again, so that others find it although its owner is away (BEP 44).
   */
  public Version awaitNewer(UpdateMagnet link, Version known, Duration every)
      throws InterruptedException {
    while (true) {
      Thread.sleep(every);
      try (DhtSession session = DhtSession.open(routers, bind, passage)) {
        session.awaitNodes();
        Optional<Version> found = look(session, link);
        if (found.isPresent() && found.get().isNewer(known)) {
          return found.get();
        }
        Item.Mutable last =
            found.map(Version::item).filter(i -> i.seq() > known.item.seq()).orElse(known.item);
        session.ask((Dht dht, CompletableFuture<Inquiries.Stored> told) ->
            dht.inquiries().put(last, OptionalLong.empty(), told::complete));
      } catch (Problem away) {
        System.getLogger("sluice.cli").log(System.Logger.Level.DEBUG, "no answer", away);
      }
    }
  }

  private static Optional<Version> look(DhtSession session, UpdateMagnet link)
      throws InterruptedException {
    NodeId target = Item.Mutable.target(link.key(), link.salt());
    Optional<Item> item =
        session.ask((Dht dht, CompletableFuture<Optional<Item>> told) ->
            dht.inquiries().get(target, link.salt(), told::complete));
    return item.flatMap(i ->
        i instanceof Item.Mutable m
            ? UpdateValue.read(m.value()).map(torrent -> new Version(m, torrent))
            : Optional.empty());
  }
}
