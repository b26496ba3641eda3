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

  /** The same way for everything. */
  public Ports(
      Loop loop,
      Net net,
      Http http,
      Resolver resolver,
      Entropy entropy,
      BlockPool pool,
      Calendar calendar,
      List<PeerExtension> extensions) {
    this(
        loop,
        net,
        http,
        resolver,
        entropy,
        pool,
        calendar,
        extensions,
        new Via(net, resolver, true),
        new Via(net, resolver, true),
        Gateways.NONE);
  }

  /** What an engine without extensions of other modules needs. */
  public Ports(
      Loop loop,
      Net net,
      Http http,
      Resolver resolver,
      Entropy entropy,
      BlockPool pool,
      Calendar calendar) {
    this(loop, net, http, resolver, entropy, pool, calendar, List.of());
  }

  /** What an engine without a schedule needs. */
  public Ports(Loop loop, Net net, Http http, Resolver resolver, Entropy entropy, BlockPool pool) {
    this(loop, net, http, resolver, entropy, pool, Calendar.NONE);
  }

  /** The same with extensions of other modules, spoken to peers. */
  public Ports extended(List<PeerExtension> others) {
    return new Ports(
        loop, net, http, resolver, entropy, pool, calendar, others, trackers, datagrams, gateways);
  }
}
