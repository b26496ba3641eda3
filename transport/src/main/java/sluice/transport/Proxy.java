package sluice.transport;

import java.util.Optional;
import sluice.protocol.address.HostPort;
import sluice.protocol.proxy.Login;

/**
 * A proxy.
 *
 * @param server where it is
 * @param login who asks it, if it wants to know
 * @param isolates whether each torrent has a login of its own, by which Tor keeps them apart
 */
public record Proxy(Kind kind, HostPort server, Optional<Login> login, boolean isolates) {
  /** What a proxy speaks. */
  public enum Kind {
    /** Streams and datagrams (RFC 1928). */
    SOCKS5,
    /** Streams only, by CONNECT. */
    HTTP
  }

  /** The same with a login for each torrent in place of one for all. */
  public Proxy isolating() {
    return new Proxy(kind, server, Optional.empty(), true);
  }
}
