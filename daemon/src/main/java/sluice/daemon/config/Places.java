package sluice.daemon.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are by convention (XDG base directories), or as systemd says.
 *
 * @param config the configuration file
 * @param state folder of the state
 * @param downloads folder of data
 */
public record Places(Path config, Path state, Path downloads) {
  private static final String NAME = "sluice";

  /** By the variables of the environment and the user's home. */
  public static Places of(Map<String, String> environment, Path home) {
    Path config =
        folder(environment, "CONFIGURATION_DIRECTORY")
            .orElseGet(() ->
                folder(environment, "XDG_CONFIG_HOME")
                    .orElse(home.resolve(".config"))
                    .resolve(NAME));
    Path state =
        folder(environment, "STATE_DIRECTORY")
            .orElseGet(() ->
                folder(environment, "XDG_STATE_HOME")
                    .orElse(home.resolve(".local/state"))
                    .resolve(NAME));
    Path downloads =
        environment.containsKey("STATE_DIRECTORY")
            ? state.resolve("downloads")
            : folder(environment, "XDG_DOWNLOAD_DIR").orElse(home.resolve("Downloads"));
    return new Places(config.resolve("config.toml"), state, downloads);
  }

  /** Relative paths are to be ignored. */
  private static Optional<Path> folder(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> text.startsWith("/"))
        .map(Path::of);
  }
}
