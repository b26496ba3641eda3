package sluice.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.tron.node.NodeSettings;
import sluice.tron.node.TronNode;

/** Which node of a chain a command asks. */
final class NodeOptions {
  private static final String VARIABLE = "SLUICE_TRON_NODE";

  private final OptionSpec node =
      Syntax.option(
              String.class,
              "--node",
              "HOST:PORT",
              "A node's full service, such as 127.0.0.1:50051; otherwise from "
                  + VARIABLE
                  + ", which has both services with a comma between.")
          .build();
  private final OptionSpec solidity =
      Syntax.option(String.class, "--solidity", "HOST:PORT", "The node's solidity service.")
          .build();
  private final OptionSpec tls = Syntax.flag("--tls", "The node speaks TLS.");
  private final OptionSpec certificate =
      Syntax.option(
              Path.class,
              "--certificate",
              "FILE",
              "With --tls, take the node whose certificate is in FILE (PEM), or is signed by that"
                  + " one; otherwise one of an authority that Java knows.")
          .converters(Converters::path)
          .build();
  private final OptionSpec apiKey =
      Syntax.option(
              Path.class,
              "--api-key-file",
              "FILE",
              "Send the key in the first line of FILE, which a hosted node wants.")
          .converters(Converters::path)
          .build();
  private final OptionSpec mainnet =
      Syntax.flag("--mainnet", "The main network is meant, whose coins are worth something.");

  CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(node)
        .addOption(solidity)
        .addOption(tls)
        .addOption(certificate)
        .addOption(apiKey)
        .addOption(mainnet);
  }

  boolean mainnet() {
    return mainnet.<Boolean>getValue();
  }

  /** Whether a node is named. */
  boolean isGiven() {
    return node.getValue() != null || System.getenv(VARIABLE) != null;
  }

  TronNode connect() throws java.io.IOException {
    @Nullable String full = node.getValue();
    @Nullable String solid = solidity.getValue();
    @Nullable String set = System.getenv(VARIABLE);
    if (full == null && set != null && set.indexOf(',') > 0) {
      full = set.substring(0, set.indexOf(','));
      solid = set.substring(set.indexOf(',') + 1);
    }
    if (full == null || solid == null) {
      throw new Problem(
          ExitCode.USAGE, "say which node: --node and --solidity, or set " + VARIABLE);
    }
    @Nullable Path file = apiKey.getValue();
    @Nullable Path trusted = certificate.getValue();
    Optional<String> key =
        file == null ? Optional.empty() : Files.readString(file).lines().findFirst();
    try {
      return TronNode.connect(
          new NodeSettings(
              full,
              solid,
              tls.<Boolean>getValue(),
              Optional.ofNullable(trusted),
              key,
              Duration.ofSeconds(10)));
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
