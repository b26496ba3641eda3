package sluice.protocol.address;

/** A host name or literal address and a port, not yet resolved. */
public record HostPort(String host, int port) {

  public HostPort {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
