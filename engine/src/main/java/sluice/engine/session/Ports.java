package sluice.engine.session;

import java.util.List;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Calendar;
import sluice.engine.port.Entropy;
import sluice.engine.port.Gateways;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;

/**
 * What an engine needs from the world.
 *
 * @param net the way to peers
 * @param resolver of the names of peers
 * @param extensions of other modules, spoken to peers
 * @param trackers the way to trackers by datagrams
 * @param datagrams the way of the DHT and of uTP
 * @param gateways routers that can let peers in
 */
public record Ports(
    Loop loop,
    Net net,
    Http http,
    Resolver resolver,
    Entropy entropy,
    BlockPool pool,
    Calendar calendar,
    List<PeerExtension> extensions,
    Via trackers,
    Via datagrams,
    Gateways gateways) {

  /** What an engine needs that has the same way for everything, no schedule and no extensions. */
  public Ports(Loop loop, Net net, Http http, Resolver resolver, Entropy entropy, BlockPool pool) {
    this(
        loop,
        net,
        http,
        resolver,
        entropy,
        pool,
        Calendar.NONE,
        List.of(),
        new Via(net, resolver, true),
        new Via(net, resolver, true),
        Gateways.NONE);
  }

  /** The same with another calendar. */
  public Ports at(Calendar other) {
    return new Ports(
        loop, net, http, resolver, entropy, pool, other, extensions, trackers, datagrams, gateways);
  }

  /** The same with extensions of other modules, spoken to peers. */
  public Ports extended(List<PeerExtension> others) {
    return new Ports(
        loop, net, http, resolver, entropy, pool, calendar, others, trackers, datagrams, gateways);
  }
}
