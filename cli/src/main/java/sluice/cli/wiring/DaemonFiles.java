package sluice.cli.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.Version;
import sluice.daemon.config.ConfigFile;
import sluice.daemon.config.ConfigProblem;
import sluice.daemon.config.DaemonSettings;
import sluice.daemon.config.Places;
import sluice.protocol.address.HostPort;

/** The daemon's files: where they are, and what the configuration says. */
public final class DaemonFiles {
  private DaemonFiles() {}

  /**
   * The daemon's settings.
   *
   * @param config another file of the configuration than the usual one; it must be there
   * @param state another folder of the state
   */
  public static DaemonSettings settings(Optional<Path> config, Optional<Path> state)
      throws IOException {
    return settings(config, state, Routers.of(List.of(), Optional.empty()));
  }

  /** The same with other nodes by which the DHT is entered. */
  public static DaemonSettings settings(
      Optional<Path> config, Optional<Path> state, List<HostPort> routers) throws IOException {
    Places usual = places();
    Places places = new Places(config.orElse(usual.config()), state(state), usual.downloads());
    try {
      ConfigFile file =
          config.isPresent() || Files.exists(places.config())
              ? ConfigFile.read(places.config())
              : ConfigFile.EMPTY;
      return DaemonSettings.of(file, places, "Sluice/" + Version.number(), routers);
    } catch (ConfigProblem e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** The folder of the state: {@code named}, or the usual one. */
  public static Path state(Optional<Path> named) {
    return named.orElse(places().state()).toAbsolutePath().normalize();
  }

  private static Places places() {
    return Places.of(System.getenv(), Path.of(System.getProperty("user.home", "/")));
  }
}
