/** A simulated world in virtual time that runs the production engine: loops, network, disk. */
module sluice.sim {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;

  exports sluice.sim.check;
  exports sluice.sim.disk;
  exports sluice.sim.net;
  exports sluice.sim.scenario;
  exports sluice.sim.world;
}
