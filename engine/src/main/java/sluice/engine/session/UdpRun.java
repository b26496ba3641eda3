package sluice.engine.session;

import java.util.Collection;
import sluice.engine.dht.Dht;
import sluice.engine.nat.PortMapping;
import sluice.engine.swarm.ExternalAddress;
import sluice.engine.swarm.Gate;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.Ways;
import sluice.engine.utp.SharedUdp;
import sluice.engine.utp.Utp;
import sluice.protocol.address.Endpoint;
import sluice.protocol.utp.UtpCodec;

/**
 * What a session does by datagrams while it runs, at the addresses and the port at which peers are:
 * the DHT and uTP, on the same sockets, and local discovery. Loop only.
 */
final class UdpRun {
  private final EngineConfig config;
  private final Gate gate;
  private final Dht dht;
  private final Utp utp;
  private final Ways ways;
  private final Neighbours neighbours;
  private final PortMapping mapping;

  UdpRun(Ports ports, EngineConfig config, ExternalAddress self, Gate gate, Register entries) {
    this.config = config;
    this.gate = gate;
    SharedUdp shared = new SharedUdp(ports.datagrams().net());
    this.dht =
        new Dht(
            ports.loop(),
            shared.view(first -> !UtpCodec.isUtp(first)),
            ports.datagrams().resolver(),
            ports.entropy(),
            self,
            gate::blocks,
            config.dht());
    this.utp = new Utp(ports.loop(), shared.view(UtpCodec::isUtp), ports.entropy());
    this.neighbours = new Neighbours(ports, config, entries);
    this.mapping =
        new PortMapping(
            new PortMapping.Ports(
                ports.loop(), ports.net(), ports.http(), ports.entropy(), ports.gateways()),
            self::gateway);
    this.ways = new Ways(ports.net(), utp, config.transports());
  }

  Dht dht() {
    return dht;
  }

  Utp utp() {
    return utp;
  }

  /** How often torrents were told to the local network. */
  long lsdAnnounces() {
    return neighbours.announced();
  }

  /** How peers are reached. */
  Ways ways() {
    return ways;
  }

  /** Lets peers in by {@code door}, and binds a node at each address that is listened at. */
  void start(Door door, Runnable done) {
    neighbours.start();
    if (config.transports().tcp() && config.rules().incoming()) {
      door.open(config.listen(), () -> bind(door, done));
    } else {
      bind(door, done);
    }
  }

  private void bind(Door door, Runnable done) {
    Runnable once = Countdown.of(config.listen().size(), done);
    for (Endpoint local : config.listen()) {
      int wanted = local.port() == 0 ? door.port() : local.port();
      Endpoint at = new Endpoint(local.address(), wanted);
      if (config.transports().utp()) {
        utp.open(
            at,
            peer -> gate.blocks(peer.address()),
            door::welcome,
            bound -> {
              bound.ifPresent(door::listensAt);
              dht.start(bound.orElse(at));
              once.run();
            });
      } else {
        dht.start(at);
        once.run();
      }
    }
  }

  /**
   * A second has passed.
   *
   * @param port at which peers are accepted; 0 if nowhere
   */
  void tick(long now, int port, Collection<Torrent> running, Collection<Fetching> fetching) {
    neighbours.tick(now, port, running, fetching);
    if (config.rules().mapPorts()) {
      mapping.tick(now, port);
    }
  }

  /** Ends; {@code done} runs once, when routers have been told. */
  void close(Runnable done) {
    neighbours.close();
    dht.close();
    utp.close();
    mapping.close(done);
  }
}
