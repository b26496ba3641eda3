package sluice.cli.command;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.wiring.Routers;
import sluice.client.passage.Passage;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.DhtConfig;
import sluice.engine.policy.Transports;
import sluice.protocol.address.HostPort;

/** The options that get and seed share. */
final class TransferOptions {
  private final OptionSpec dir =
      Syntax.folder("Folder of the data (default: the current one).")
          .initialValue(Path.of(""))
          .build();

  private final OptionSpec port =
      Syntax.option(
              Integer.class,
              "--port",
              "N",
              "Port to accept peers at; 0 for any (default: 6881, or any if it is in use).")
          .converters(Converters::port)
          .build();

  private final OptionSpec bind =
      DhtOptions.bind("IP address of this machine to listen and to connect from.");

  private final OptionSpec peers =
      Syntax.list(
              HostPort.class,
              "--peer",
              "HOST:PORT",
              "A peer to connect to; may be given several times.")
          .converters(Converters::peer)
          .build();

  private final LimitOptions limits = new LimitOptions();
  private final PassageOptions passage = new PassageOptions();
  private final BandwidthOptions bandwidth = new BandwidthOptions();

  private final OptionSpec encryption =
      Syntax.option(
              EncryptionPolicy.class,
              "--encryption",
              "POLICY",
              "Encrypt connections: forced, preferred, allowed (default) or off.")
          .converters(Converters::encryption)
          .initialValue(EncryptionPolicy.ALLOWED)
          .build();

  private final OptionSpec noTracker = Syntax.flag("--no-tracker", "Do not announce to trackers.");

  private final OptionSpec noDht =
      Syntax.flag("--no-dht", "Take no part in the DHT, which finds peers without trackers.");

  private final OptionSpec noLsd =
      Syntax.flag("--no-lsd", "Do not look for peers in the local network by multicast.");

  private final OptionSpec noUtp =
      Syntax.flag("--no-utp", "Connect by TCP only, not by uTP, which yields to other programs.");

  private final OptionSpec noTcp = Syntax.flag("--no-tcp", "Connect by uTP only.");

  private final OptionSpec dhtNodes = DhtOptions.nodes();

  private final OptionSpec webSeeds =
      Syntax.list(
              String.class,
              "--web-seed",
              "URL",
              "A web server that has the files, beside those that the torrent names.")
          .build();

  private final OptionSpec noWebSeeds =
      Syntax.flag("--no-web-seeds", "Do not download from web servers.");

  private final OptionSpec preallocate =
      Syntax.flag(
          "--preallocate",
          "Give files their whole room on the disk before a download begins, so that it cannot"
              + " become full in between; for torrents that are added.");

  private final OptionSpec maxPeers =
      Syntax.option(
              Integer.class,
              "--max-peers",
              "N",
              "Have at most N peers (default: 100 for each torrent, 500 for all).")
          .converters(Converters::peerCount)
          .build();

  private final OptionSpec ipFilter =
      Syntax.option(
              Path.class,
              "--ip-filter",
              "FILE",
              "Exchange nothing with the addresses in this list: networks (CIDR), ranges, eMule"
                  + " .dat, PeerGuardian P2P or P2B, plain or packed by gzip or zip.")
          .converters(Converters::path)
          .build();

  private final OptionSpec state =
      Syntax.state(
              "Keep torrents and their progress in this folder, and go on with those in it; what"
                  + " was checked is not checked again.")
          .build();

  private final OptionSpec json =
      Syntax.flag(
          "--json", "Print one JSON object for each event to standard output, and nothing else.");

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    limits.addTo(command);
    bandwidth.addTo(command);
    for (OptionSpec option :
        List.of(
            dir,
            port,
            bind,
            peers,
            encryption,
            noTracker,
            noDht,
            dhtNodes,
            noLsd,
            noUtp,
            noTcp,
            webSeeds,
            noWebSeeds,
            preallocate,
            maxPeers,
            ipFilter,
            state,
            json)) {
      command.addOption(option);
    }
    passage.addTo(command);
  }

  Path dir() {
    return dir.<Path>getValue().toAbsolutePath().normalize();
  }

  Optional<Integer> port() {
    return Optional.ofNullable(port.getValue());
  }

  Optional<InetAddress> bind() {
    return Optional.ofNullable(bind.getValue());
  }

  List<HostPort> peers() {
    return peers.getValue();
  }

  /** How long is seeded, and how many torrents run at a time. */
  LimitOptions limits() {
    return limits;
  }

  /** How fast everything may be, and each part of it. */
  BandwidthOptions bandwidth() {
    return bandwidth;
  }

  /** By which proxies, and what may be asked. */
  Passage passage() {
    return passage.passage();
  }

  EncryptionPolicy encryption() {
    return encryption.getValue();
  }

  /** Whether and how the DHT is used. */
  DhtConfig dht() {
    return noDht.<Boolean>getValue()
        ? DhtConfig.OFF
        : DhtConfig.with(Routers.of(dhtNodes.getValue(), bind()));
  }

  /** Whether peers are looked for in the local network. */
  boolean lsd() {
    return !noLsd.<Boolean>getValue();
  }

  /** By which protocols peers are reached. */
  Transports transports() {
    boolean tcp = !noTcp.<Boolean>getValue();
    boolean utp = !noUtp.<Boolean>getValue();
    if (!tcp && !utp) {
      throw new Problem(ExitCode.USAGE, "--no-tcp and --no-utp together leave no way to peers");
    }
    return tcp && utp ? Transports.BOTH : tcp ? Transports.TCP : Transports.UTP;
  }

  boolean trackers() {
    return !noTracker.<Boolean>getValue();
  }

  /** Web seeds beside those of the torrents; empty if none is to be used at all. */
  Optional<List<String>> webSeeds() {
    return noWebSeeds.<Boolean>getValue() ? Optional.empty() : Optional.of(webSeeds.getValue());
  }

  /** Whether files get their whole room before they are written. */
  boolean preallocate() {
    return preallocate.<Boolean>getValue();
  }

  Optional<Integer> maxPeers() {
    return Optional.ofNullable(maxPeers.getValue());
  }

  /** The list of blocked addresses. */
  Optional<Path> ipFilter() {
    return Optional.ofNullable(ipFilter.getValue());
  }

  Optional<Path> state() {
    return Optional.ofNullable(state.<Path>getValue()).map(p -> p.toAbsolutePath().normalize());
  }

  boolean json() {
    return json.<Boolean>getValue();
  }
}
