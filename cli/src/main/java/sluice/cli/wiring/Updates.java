package sluice.cli.wiring;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.client.passage.Passage;
import sluice.engine.dht.Dht;
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

  /** {@code name}, or the magnet link of the torrent that it leads to at this time. */
  public String resolve(String name) throws InterruptedException {
    Optional<UpdateMagnet> link = UpdateMagnet.parse(name);
    return link.isEmpty() ? name : "magnet:?xt=urn:btih:" + look(link.get()).hex();
  }

  private Hash look(UpdateMagnet link) throws InterruptedException {
    NodeId target = Item.Mutable.target(link.key(), link.salt());
    try (DhtSession session = DhtSession.open(routers, bind, passage)) {
      session.awaitNodes();
      Optional<Item> item =
          session.ask((Dht dht, CompletableFuture<Optional<Item>> told) ->
              dht.inquiries().get(target, link.salt(), told::complete));
      return item.flatMap(found ->
              found instanceof Item.Mutable m ? UpdateValue.read(m.value()) : Optional.empty())
          .orElseThrow(() ->
              new Problem(
                  ExitCode.NOT_FOUND, "no node of the DHT knows a torrent of " + link.toUri()));
    }
  }
}
