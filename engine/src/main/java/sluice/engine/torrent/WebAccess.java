package sluice.engine.torrent;

import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.engine.port.Http;
import sluice.protocol.address.Endpoint;

/**
 * How torrents reach their web seeds.
 *
 * @param local address to connect from; empty leaves it to the system
 * @param allowed what may be asked, redirects included
 */
public record WebAccess(Http http, Optional<Endpoint> local, Predicate<URI> allowed) {}
