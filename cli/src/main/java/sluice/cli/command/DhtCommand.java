package sluice.cli.command;

import sluice.cli.Console;

/** Questions to the DHT; its commands ask them. */
final class DhtCommand {
  private DhtCommand() {}

  static Command of(Console console) {
    return new Group(
            "dht",
            "Ask the DHT.",
            "Asks as a read-only node (BEP 43) on a port of its own: it works while other programs"
                + " run, and nothing is kept.",
            "  sluice dht get-peers 2c6b6858d61da9543d4231a71db4b1c9264b0685",
            "  sluice dht put 'Hello World!'",
            "  sluice dht get e5f96f6f38320f0f33959cb4d3d656452117aadb",
            "  sluice dht ping dht.libtorrent.org:25401")
        .add("ping", new DhtPingCommand(console))
        .add("get-peers", new DhtPeersCommand(console))
        .add("get", new DhtGetCommand(console))
        .add("put", new DhtPutCommand(console))
        .add("sample", new DhtSampleCommand(console));
  }
}
