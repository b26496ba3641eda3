package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.policy.Transports;
import sluice.engine.port.Net;
import sluice.engine.utp.Utp;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;

/**
 * The ways to reach a peer: TCP and uTP, one after the other. uTP comes first for those who are
 * known to speak it, as it yields to other programs; for others it is tried when TCP fails, which
 * takes a firewall a while and everybody else a moment. Loop only.
 *
 * @param net for TCP
 * @param utp for uTP
 * @param transports which of them are used
 */
public record Ways(Net net, Utp utp, Transports transports) {
  private static final long TCP_NANOS = 10_000_000_000L;

  /** A protocol. */
  enum Way {
    TCP,
    UTP
  }

  /** Whether {@code remote} can be met by uTP (BEP 55). */
  boolean meets(Endpoint remote) {
    return transports.utp() && utp.reaches(remote);
  }

  /** The ways to {@code remote} in the order in which they are to be tried. */
  List<Way> order(Endpoint remote, boolean speaksUtp) {
    List<Way> ways = new ArrayList<>();
    if (transports.tcp()) {
      ways.add(Way.TCP);
    }
    if (meets(remote)) {
      ways.add(speaksUtp ? 0 : ways.size(), Way.UTP);
    }
    return ways;
  }

  /** Connects for {@code torrent}; exactly one method of {@code handler} is called, later. */
  void connect(Way way, Hash torrent, Endpoint remote, Net.ConnectHandler handler) {
    switch (way) {
      case TCP -> net.lane(torrent.toString()).connect(remote, TCP_NANOS, handler);
      case UTP -> utp.connect(remote, handler);
    }
  }
}
