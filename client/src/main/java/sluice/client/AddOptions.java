package sluice.client;

import java.nio.file.Path;
import java.util.List;
import sluice.protocol.address.HostPort;

/**
 * How a torrent is added.
 *
 * @param folder holds or will hold its data
 * @param running false: only registered until it is started
 * @param download false: only the data that are there are given to others
 * @param trackers false: announce nowhere
 * @param peers to be connected at once
 */
public record AddOptions(
    Path folder, boolean running, boolean download, boolean trackers, List<HostPort> peers) {

  public AddOptions {
    folder = folder.toAbsolutePath().normalize();
    peers = List.copyOf(peers);
  }

  /** Download into {@code folder} at once, then seed. */
  public static AddOptions into(Path folder) {
    return new AddOptions(folder, true, true, true, List.of());
  }

  /** The same with peers to be connected at once. */
  public AddOptions peers(List<HostPort> named) {
    return new AddOptions(folder, running, download, trackers, named);
  }

  /** The same without announces. */
  public AddOptions withoutTrackers() {
    return new AddOptions(folder, running, download, false, peers);
  }

  /** The same, registered only. */
  public AddOptions stopped() {
    return new AddOptions(folder, false, download, trackers, peers);
  }
}
