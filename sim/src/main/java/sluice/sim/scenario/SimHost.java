package sluice.sim.scenario;

import java.net.InetAddress;
import sluice.engine.session.Ports;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimStorage;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.SimHttp;
import sluice.sim.net.SimNet;
import sluice.sim.net.SimNetwork;
import sluice.sim.net.SimResolver;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimPool;
import sluice.sim.world.SimWorld;

/**
 * A machine with one address, one disk and one process. The process has a loop, a network, a block
 * pool and chance of its own, which are made anew at each start; the disk stays.
 */
public final class SimHost {
  private final SimWorld world;
  private final SimNetwork network;
  private final Setup setup;
  private final Chance chance;
  private int starts;
  private SimLoop loop;
  private SimNet net;
  private SimPool pool;

  /**
   * How a host is made.
   *
   * @param name what people call it
   * @param address its one address
   * @param profile its line
   * @param disk its disk
   * @param poolBlocks blocks of its memory budget
   */
  public record Setup(
      String name, InetAddress address, LinkProfile profile, SimDisk disk, int poolBlocks) {}

  /** A host in {@code network} whose process runs. */
  public SimHost(SimWorld world, SimNetwork network, Setup setup) {
    this.world = world;
    this.network = network;
    this.setup = setup;
    this.chance = world.chance("host/" + setup.name());
    this.loop = world.loop(setup.name());
    this.net = network.attach(loop, setup.address(), setup.profile());
    this.pool = new SimPool(setup.poolBlocks());
  }

  /** The name and parts that it was made of. */
  public Setup setup() {
    return setup;
  }

  /** The loop of the process that runs, or ran last. */
  public SimLoop loop() {
    return loop;
  }

  /** The network of that process. */
  public SimNet net() {
    return net;
  }

  /** The block memory of that process. */
  public SimPool pool() {
    return pool;
  }

  /** The ports of the process, for an engine. */
  public Ports ports() {
    return new Ports(
        loop, net, new SimHttp(net), new SimResolver(net), chance.child("start/" + starts), pool);
  }

  /** Storage of the process over {@code volume}. */
  public SimStorage storage(SimVolume volume) {
    return new SimStorage(loop, pool, setup.disk(), volume);
  }

  /**
   * Kills the process at once.
   *
   * @param silent the others hear nothing, as when the power fails; else their streams are reset
   */
  public void crash(boolean silent) {
    loop.kill();
    net.drop(silent);
  }

  /** Starts a process after a crash. */
  public void restart() {
    starts++;
    loop = world.loop(setup.name());
    net = network.attach(loop, setup.address(), setup.profile());
    pool = new SimPool(setup.poolBlocks());
  }
}
