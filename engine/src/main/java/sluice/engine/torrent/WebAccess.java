package sluice.engine.torrent;

import java.util.Optional;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Http;
import sluice.protocol.address.Endpoint;

/**
 * How torrents reach their web seeds.
 *
 * @param local address to connect from; empty leaves it to the system
 * @param guard where requests may go
 */
public record WebAccess(Http http, Optional<Endpoint> local, UrlGuard guard) {}
