package sluice.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.remote.DaemonCall;
import sluice.cli.wiring.DaemonFiles;

/** Which daemon a command asks, and how it prints what it is told. */
final class RemoteOptions {
  private final OptionSpec state =
      Syntax.state("Ask the daemon of this state folder instead of $XDG_STATE_HOME/sluice.")
          .build();

  private final OptionSpec url =
      Syntax.option(URI.class, "--url", "URL", "Ask the daemon at this address; needs --key-file.")
          .converters(RemoteOptions::address)
          .build();

  private final OptionSpec keyFile =
      Syntax.option(Path.class, "--key-file", "FILE", "Send the key in this file with --url.")
          .converters(Converters::path)
          .build();

  private final OptionSpec json;

  RemoteOptions(String jsonDescription) {
    json = Syntax.flag("--json", jsonDescription);
  }

  CommandSpec addTo(CommandSpec spec) {
    spec.addOption(json).addOption(state).addOption(url).addOption(keyFile);
    return Syntax.addStandardOptions(spec);
  }

  boolean isJson() {
    return json.<Boolean>getValue();
  }

  /** The folder of the state, whether a daemon runs there or not; empty with an address. */
  Optional<Path> folder() {
    return url.getValue() == null
        ? Optional.of(DaemonFiles.state(DaemonSyntax.path(state)))
        : Optional.empty();
  }

  /** The daemon, which must run. */
  DaemonCall daemon() throws IOException {
    Optional<Path> folder = folder();
    if (folder.isPresent()) {
      return DaemonCall.need(folder.get());
    }
    Path key =
        DaemonSyntax.path(keyFile)
            .orElseThrow(() -> new Problem(ExitCode.USAGE, "--url needs --key-file"));
    List<String> lines = Files.readAllLines(key);
    return DaemonCall.at(url.getValue(), lines.isEmpty() ? "" : lines.getFirst().strip());
  }

  private static URI address(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text : text + "/");
      if (List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is no address: " + e.getMessage());
    }
    throw new TypeConversionException("'" + text + "' is no address; write http://host:8390");
  }
}
