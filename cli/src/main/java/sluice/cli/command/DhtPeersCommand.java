package sluice.cli.command;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.text.Json;
import sluice.cli.wiring.DhtSession;
import sluice.engine.dht.Dht;
import sluice.engine.dht.Inquiries.Numbers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;

/** Looks for the peers of a torrent. */
final class DhtPeersCommand implements Command {
  private final Console console;
  private final DhtOptions options = new DhtOptions();

  private final PositionalParamSpec torrent =
      Syntax.word(
              Hash.class,
              "HASH|MAGNET",
              "The info-hash of a torrent, 40 or 64 hexadecimal digits, or a magnet link.")
          .converters(DhtConverters::infoHash)
          .build();

  DhtPeersCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("get-peers", this).addPositional(torrent));
    spec.usageMessage()
        .header("Look for the peers of a torrent.")
        .description(
            "Prints one peer on each line. How many there are altogether is estimated (BEP 33) by"
                + " the nodes that can, and told on standard error.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    Hash hash = torrent.getValue();
    Set<Endpoint> peers = new LinkedHashSet<>();
    try (DhtSession session = options.enter()) {
      Numbers numbers =
          session.ask((Dht dht, CompletableFuture<Numbers> told) ->
              dht.inquiries().peers(hash, found -> found.forEach(peers::add), told::complete));
      show(hash, List.copyOf(peers), numbers);
    }
    return ExitCode.OK.code();
  }

  private void show(Hash hash, List<Endpoint> peers, Numbers numbers) {
    long seeds = Math.round(numbers.seeds());
    long others = Math.round(numbers.peers());
    if (options.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("info_hash", hash.hex());
      line.put("peers", peers.stream().map(Endpoint::toString).toList());
      line.put("nodes", numbers.nodes());
      line.put("seeds_estimate", seeds);
      line.put("downloaders_estimate", others);
      console.out().println(Json.of(line));
      return;
    }
    peers.forEach(console.out()::println);
    console
        .err()
        .printf(
            "%d peers named by the nodes nearest to %s (%d nodes)%s%n",
            peers.size(),
            hash.hex(),
            numbers.nodes(),
            seeds + others == 0 ? "" : "; about " + seeds + " seeds, " + others + " downloaders");
  }
}
