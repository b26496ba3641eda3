package sluice.cli.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.wiring.DhtSession;
import sluice.cli.wiring.Routers;
import sluice.protocol.address.HostPort;

/** The options that all questions to the DHT share. */
final class DhtOptions {
  private final OptionSpec nodes = nodes();

  private final OptionSpec bind = bind("IP address of this machine to ask from.");

  private final PassageOptions passage = new PassageOptions();

  private final OptionSpec json = Syntax.flag("--json", "Print JSON, one object on one line.");

  /** By which nodes the DHT is entered. */
  static OptionSpec nodes() {
    return Syntax.list(
            HostPort.class,
            "--dht-node",
            "HOST:PORT",
            "A node to enter the DHT by, in place of the usual ones; may be given several times.")
        .converters(Converters::peer)
        .build();
  }

  /** The address of this machine that is used. */
  static OptionSpec bind(String description) {
    return Syntax.option(InetAddress.class, "--bind", "ADDR", description)
        .converters(Converters::address)
        .build();
  }

  /** Makes them options of {@code command}. */
  CommandSpec addTo(CommandSpec command) {
    command.addOption(nodes).addOption(bind).addOption(json);
    passage.addForQuestion(command);
    return Syntax.addStandardOptions(command);
  }

  boolean json() {
    return json.<Boolean>getValue();
  }

  /** Opens a socket; nothing is asked yet. */
  DhtSession open() {
    Optional<InetAddress> local = Optional.ofNullable(bind.getValue());
    List<HostPort> named = nodes.getValue();
    return DhtSession.open(Routers.of(named, local), local, passage.ofQuestion());
  }

  /** The same, in which nodes are known. */
  DhtSession enter() throws InterruptedException {
    DhtSession session = open();
    try {
      session.awaitNodes();
      return session;
    } catch (RuntimeException | InterruptedException e) {
      session.close();
      throw e;
    }
  }
}
