package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;

/** Questions to the DHT; its commands ask them. */
final class DhtCommand implements Command {
  private final CommandSpec spec = Syntax.command("dht", this);

  DhtCommand(Console console) {
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header("Ask the DHT.")
        .description(
            "Asks as a read-only node (BEP 43) on a port of its own: it works while other programs"
                + " run, and nothing is kept.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice dht get-peers 2c6b6858d61da9543d4231a71db4b1c9264b0685",
            "  sluice dht put 'Hello World!'",
            "  sluice dht get e5f96f6f38320f0f33959cb4d3d656452117aadb",
            "  sluice dht ping dht.libtorrent.org:25401");
    spec.addSubcommand("ping", new DhtPingCommand(console).spec());
    spec.addSubcommand("get-peers", new DhtPeersCommand(console).spec());
    spec.addSubcommand("get", new DhtGetCommand(console).spec());
    spec.addSubcommand("put", new DhtPutCommand(console).spec());
    spec.addSubcommand("sample", new DhtSampleCommand(console).spec());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: ping, get-peers, get, put or sample.");
  }
}
