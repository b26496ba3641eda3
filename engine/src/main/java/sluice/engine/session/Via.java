package sluice.engine.session;

import sluice.engine.port.Net;
import sluice.engine.port.Resolver;

/**
 * The way of one kind of traffic.
 *
 * @param resolver of the names that are to be reached by {@code net}
 * @param direct whether nobody stands between: a proxy hides who asks and which family is used
 */
public record Via(Net net, Resolver resolver, boolean direct) {}
