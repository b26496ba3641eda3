package sluice.engine.session;

import sluice.engine.port.BlockPool;
import sluice.engine.port.Calendar;
import sluice.engine.port.Entropy;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Resolver;

/** What an engine needs from the world. */
public record Ports(
    Loop loop,
    Net net,
    Http http,
    Resolver resolver,
    Entropy entropy,
    BlockPool pool,
    Calendar calendar) {

  /** What an engine without a schedule needs. */
  public Ports(Loop loop, Net net, Http http, Resolver resolver, Entropy entropy, BlockPool pool) {
    this(loop, net, http, resolver, entropy, pool, Calendar.NONE);
  }
}
