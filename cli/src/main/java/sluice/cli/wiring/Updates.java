package sluice.cli.wiring;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.dht.Dht;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/** Asks the DHT which torrent a link that can be changed leads to (BEP 46). */
public final class Updates {
  private Updates() {}

  /** {@code name}, or the magnet link of the torrent that it leads to at this time. */
  public static String resolve(
      String name, List<HostPort> routers, Optional<InetAddress> bind, Passage passage)
      throws InterruptedException {
    Optional<UpdateMagnet> link = UpdateMagnet.parse(name);
    if (link.isEmpty()) {
      return name;
    }
    NodeId target = Item.Mutable.target(link.get().key(), link.get().salt());
    try (DhtSession session = DhtSession.open(routers, bind, passage)) {
      session.awaitNodes();
      Optional<Item> item =
          session.ask((Dht dht, CompletableFuture<Optional<Item>> told) ->
              dht.inquiries().get(target, link.get().salt(), told::complete));
      Hash torrent =
          item.flatMap(i -> UpdateValue.read(i.value()))
              .orElseThrow(() ->
                  new Problem(ExitCode.NOT_FOUND, "no node of the DHT knows a torrent of " + name));
      return "magnet:?xt=urn:btih:" + torrent.hex();
    }
  }
}
