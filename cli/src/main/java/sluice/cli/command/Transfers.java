package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.progress.JsonReporter;
import sluice.cli.progress.Reporter;
import sluice.cli.progress.TextReporter;
import sluice.cli.source.Given;
import sluice.cli.source.TorrentLoader;
import sluice.cli.transfer.Advice;
import sluice.cli.transfer.Goal;
import sluice.cli.transfer.Item;
import sluice.cli.transfer.Transfer;
import sluice.cli.wiring.Network;
import sluice.cli.wiring.Wiring;
import sluice.protocol.metainfo.InfoHashes;

/** Runs get and seed: they differ in their goal and in what must be there before. */
final class Transfers {
  private final Console console;
  private final TransferOptions options;

  Transfers(Console console, TransferOptions options) {
    this.console = console;
    this.options = options;
  }

  /** Loads the torrents called {@code names} and works on them until {@code goal} is reached. */
  int run(List<String> names, Goal goal) throws IOException, InterruptedException {
    Path folder = options.dir();
    Network network =
        new Network(
            options.port(), options.bind(), options.down(), options.up(), options.encryption());
    try (Wiring wiring = Wiring.of(network)) {
      List<Item> items = items(new TorrentLoader(wiring, console.in()), names, goal.download());
      if (goal.download()) {
        prepare(folder);
      } else {
        for (Item item : items) {
          if (item.given() instanceof Given.TorrentFile file) {
            Advice.noData(item, file.metainfo()).ifPresent(Transfers::fail);
          }
        }
      }
      Transfer transfer = new Transfer(items, goal, options.port().isPresent(), reporter(items));
      Thread onSignal = new Thread(transfer::stop, "stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      return transfer.run(wiring).code();
    }
  }

  private List<Item> items(TorrentLoader loader, List<String> names, boolean download)
      throws IOException, InterruptedException {
    Map<InfoHashes, Item> items = new LinkedHashMap<>();
    for (String name : names) {
      Given given = loader.find(name);
      Item item =
          new Item(
              given,
              options.dir(),
              download,
              options.trackers(),
              options.peers(),
              options.webSeeds());
      items.put(given.hashes(), item);
    }
    return List.copyOf(items.values());
  }

  private Reporter reporter(List<Item> items) {
    return options.json()
        ? new JsonReporter(console.out(), console.err(), items.size() > 1)
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

  private static void fail(Problem problem) {
    throw problem;
  }
}
