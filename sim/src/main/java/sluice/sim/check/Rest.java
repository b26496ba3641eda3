package sluice.sim.check;

import java.net.InetAddress;
import sluice.sim.disk.SimStorage;
import sluice.sim.net.SimNetwork;
import sluice.sim.world.SimPool;

/** What must hold when everything has ended: nothing is held, open or owed. */
public final class Rest {
  private Rest() {}

  /** All permits of {@code pool} are back. */
  public static void pool(String owner, SimPool pool, Findings findings) {
    int held = pool.capacity() - pool.available();
    findings.require(held == 0, owner + " holds " + held + " blocks at the end");
  }

  /** The engine has closed {@code storage}. */
  public static void storage(String owner, SimStorage storage, Findings findings) {
    findings.require(storage.isClosed(), owner + " did not close its storage");
  }

  /** No stream of {@code owner} at {@code host} is open. */
  public static void streams(
      String owner, SimNetwork network, InetAddress host, Findings findings) {
    int open = network.openPipes(host);
    findings.require(open == 0, owner + " has " + open + " streams open at the end");
  }
}
