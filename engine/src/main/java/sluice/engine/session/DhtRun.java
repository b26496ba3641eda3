package sluice.engine.session;

import sluice.engine.dht.Dht;
import sluice.engine.swarm.ExternalAddress;
import sluice.engine.swarm.Gate;
import sluice.protocol.address.Endpoint;

/** The DHT while a session runs: at the addresses and the port at which peers are. Loop only. */
final class DhtRun {
  private final EngineConfig config;
  private final Dht dht;

  DhtRun(Ports ports, EngineConfig config, ExternalAddress self, Gate gate) {
    this.config = config;
    this.dht =
        new Dht(
            ports.loop(),
            ports.net(),
            ports.resolver(),
            ports.entropy(),
            self,
            gate::blocks,
            config.dht());
  }

  Dht dht() {
    return dht;
  }

  /**
   * Binds a node at each address that is listened at.
   *
   * @param port where peers are accepted; 0 if they are not
   */
  void start(int port, Runnable done) {
    for (Endpoint local : config.listen()) {
      int wanted = local.port() == 0 ? port : local.port();
      dht.start(new Endpoint(local.address(), wanted));
    }
    done.run();
  }

  void close() {
    dht.close();
  }
}
