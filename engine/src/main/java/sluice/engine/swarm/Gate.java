package sluice.engine.swarm;

import java.net.InetAddress;
import sluice.protocol.filter.IpFilter;

/**
 * Which addresses the user has blocked: they are neither dialled nor let in. Trackers and web seeds
 * are not concerned. Loop only.
 */
public final class Gate {
  private IpFilter filter = IpFilter.EMPTY;

  /** Changes who is blocked; connections are the caller's to close. */
  public void filter(IpFilter changed) {
    filter = changed;
  }

  /** Whether {@code address} is blocked. */
  public boolean blocks(InetAddress address) {
    return filter.blocks(address);
  }
}
