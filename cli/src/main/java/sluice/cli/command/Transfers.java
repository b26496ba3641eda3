package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.choice.Picking;
import sluice.cli.progress.JsonReporter;
import sluice.cli.progress.Reporter;
import sluice.cli.progress.TextReporter;
import sluice.cli.source.Blocklist;
import sluice.cli.source.Given;
import sluice.cli.source.TorrentLoader;
import sluice.cli.text.Printable;
import sluice.cli.transfer.Advice;
import sluice.cli.transfer.Goal;
import sluice.cli.transfer.Item;
import sluice.cli.transfer.Transfer;
import sluice.cli.wiring.Following;
import sluice.cli.wiring.Network;
import sluice.cli.wiring.Resumption;
import sluice.cli.wiring.Trading;
import sluice.cli.wiring.Updates;
import sluice.cli.wiring.Wiring;
import sluice.protocol.filter.IpFilter;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StateView;

/** Runs get and seed: they differ in their goal and in what must be there before. */
final class Transfers {
  private final Console console;
  private final TransferOptions options;
  private final MarketOptions market;

  Transfers(Console console, TransferOptions options, MarketOptions market) {
    this.console = console;
    this.options = options;
    this.market = market;
  }

  /**
   * The same as {@link #run(CommandSpec, List, Goal, Picking)}, following a link that can be
   * changed if {@code watching} says so.
   */
  int run(CommandSpec command, List<String> names, Goal goal, Picking picking, Watching watching)
      throws IOException, InterruptedException {
    return run(command, names, goal, picking, watching.following(command, names));
  }

  private Updates updates() {
    return new Updates(options.dht().routers(), options.bind(), options.passage());
  }

  /**
   * Loads the torrents called {@code names} and works on them until {@code goal} is reached.
   *
   * @param picking what is wanted of them
   */
  int run(CommandSpec command, List<String> names, Goal goal, Picking picking)
      throws IOException, InterruptedException {
    return run(command, names, goal, picking, Optional.empty());
  }

  private int run(
      CommandSpec command,
      List<String> names,
      Goal goal,
      Picking picking,
      Optional<Following> following)
      throws IOException, InterruptedException {
    require(names, command);
    Wiring plain = wiring(goal, blocked());
    Wiring wiring = following.map(plain::following).orElse(plain);
    List<Item> items =
        items(new TorrentLoader(wiring, console.in()), names, goal.download(), picking);
    if (!goal.download()) {
      items.forEach(Transfers::requireData);
    } else if (!items.isEmpty()) {
      prepare(options.dir());
    }
    options
        .passage()
        .missing()
        .ifPresent(name ->
            console
                .err()
                .println(
                    "sluice: there is no network interface "
                        + Printable.clean(name)
                        + "; nothing is sent until there is"));
    boolean several = items.size() > 1 || options.state().isPresent();
    Trading trading =
        market.trading(
            command, console.err(), options.passage().questions("Sluice", options.bind()));
    Transfer transfer = new Transfer(items, goal, options.port().isPresent(), reporter(several));
    Thread onSignal = new Thread(transfer::stop, "stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    Wiring named = wiring.trading(trading).naming(items.stream().map(Item::id).toList());
    return transfer.run(named).code();
  }

  /** The addresses that nothing is exchanged with; a bad line of the list is told and skipped. */
  private IpFilter blocked() throws IOException {
    Optional<Path> file = options.ipFilter();
    if (file.isEmpty()) {
      return IpFilter.EMPTY;
    }
    Blocklist list = Blocklist.read(file.get());
    list.warning().ifPresent(text -> console.err().println("sluice: " + Printable.clean(text)));
    return list.filter();
  }

  private Wiring wiring(Goal goal, IpFilter blocked) {
    Network network =
        new Network(
            options.port(),
            options.bind(),
            options.bandwidth().down(),
            options.bandwidth().up(),
            options.encryption(),
            options.maxPeers(),
            options.bandwidth().onto(options.limits().policies()),
            options.dht(),
            options.transports(),
            options.lsd(),
            blocked,
            options.passage());
    Resumption resumption =
        new Resumption(
            goal.download(), options.trackers(), options.peers(), options.webSeeds(), List.of());
    return options
        .state()
        .map(folder -> Wiring.of(network, folder, resumption))
        .orElseGet(() -> Wiring.of(network))
        .adding(options.bandwidth().manner(options.preallocate()));
  }

  /** There must be something to do. */
  private void require(List<String> names, CommandSpec command) {
    if (!names.isEmpty()) {
      return;
    }
    Path folder =
        options
            .state()
            .orElseThrow(() ->
                new ParameterException(
                    command.commandLine(),
                    "Missing required parameter: name a torrent, or by --state a folder with"
                        + " torrents that are to go on"));
    if (!StateView.isIn(folder)) {
      throw new Problem(
          ExitCode.NOT_FOUND,
          "no torrents are kept in " + folder + "; name a torrent that is to be kept there");
    }
  }

  private List<Item> items(
      TorrentLoader loader, List<String> names, boolean download, Picking picking)
      throws IOException, InterruptedException {
    Map<InfoHashes, Item> items = new LinkedHashMap<>();
    for (String named : names) {
      String name = updates().resolve(named);
      Given given = loader.find(name);
      if (given instanceof Given.TorrentFile file) {
        // What cannot be meant is told before anything begins.
        picking.of(file.metainfo().info());
      }
      Item item =
          new Item(
              given,
              options.dir(),
              download,
              options.trackers(),
              options.peers(),
              options.webSeeds(),
              picking);
      items.put(given.hashes(), item);
    }
    return List.copyOf(items.values());
  }

  private Reporter reporter(boolean several) {
    return options.json()
        ? new JsonReporter(console.out(), console.err(), several)
        : new TextReporter(console.out(), console.err(), console.columns());
  }

  private static void prepare(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new Problem(
          ExitCode.FAILED, folder + " is a file; name a folder for the data by --dir");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Problem(
          ExitCode.FAILED,
          "cannot make the folder "
              + folder
              + "; make its parent writable or name another by --dir");
    }
    if (!Files.isWritable(folder)) {
      throw new Problem(
          ExitCode.FAILED, folder + " is not writable; change that or name another by --dir");
    }
  }

  /** Refuses a torrent whose data have never been in the folder. */
  private static void requireData(Item item) {
    if (item.given() instanceof Given.TorrentFile file) {
      Optional<Problem> problem = Advice.noData(item, file.metainfo());
      if (problem.isPresent()) {
        throw problem.get();
      }
    }
  }
}
