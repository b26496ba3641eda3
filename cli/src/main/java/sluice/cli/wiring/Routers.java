package sluice.cli.wiring;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.HostPort;

/** The nodes by which the DHT is entered when no others are known. */
public final class Routers {
  private static final int USUAL_PORT = 6881;
  private static final int LIBTORRENT_PORT = 25_401;

  /** Run for everybody by those who make BitTorrent programs. */
  private static final List<HostPort> USUAL =
      List.of(
          new HostPort("dht.libtorrent.org", LIBTORRENT_PORT),
          new HostPort("router.bittorrent.com", USUAL_PORT),
          new HostPort("dht.transmissionbt.com", USUAL_PORT),
          new HostPort("router.utorrent.com", USUAL_PORT));

  private Routers() {}

  /** Those that the user names, or else the usual ones, unless nothing is to leave the machine. */
  public static List<HostPort> of(List<HostPort> named, Optional<InetAddress> bind) {
    boolean here = bind.filter(InetAddress::isLoopbackAddress).isPresent();
    return named.isEmpty() && !here ? USUAL : named;
  }
}
