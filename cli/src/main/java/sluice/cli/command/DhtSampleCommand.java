package sluice.cli.command;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.text.Json;
import sluice.cli.wiring.DhtSession;
import sluice.engine.dht.Dht;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.NodeId;

/** Asks nodes which torrents they know of (BEP 51). */
final class DhtSampleCommand implements Command {
  private final Console console;
  private final DhtOptions options = new DhtOptions();

  private final OptionSpec near =
      Syntax.option(
              Hash.class, "--near", "POINT", "Ask nodes near this point, 40 hexadecimal digits.")
          .converters(DhtConverters::point)
          .build();

  DhtSampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("sample", this).addOption(near));
    spec.usageMessage()
        .header("Ask nodes which torrents they know of.")
        .description(
            "Prints one info-hash on each line, of some nodes on the way to a point, by chance if"
                + " none is given.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Hash> point = Optional.ofNullable(near.getValue());
    Set<Hash> hashes = new LinkedHashSet<>();
    try (DhtSession session = options.enter()) {
      NodeId target = point.map(NodeId::of).orElseGet(session::chance);
      int nodes =
          session.ask((Dht dht, CompletableFuture<Integer> told) ->
              dht.inquiries().sample(target, s -> hashes.addAll(s.infoHashes()), told::complete));
      if (options.json()) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("near", target.toString());
        line.put("nodes", nodes);
        line.put("info_hashes", hashes.stream().map(Hash::hex).toList());
        console.out().println(Json.of(line));
      } else {
        hashes.forEach(hash -> console.out().println(hash.hex()));
        console.err().printf("%d torrents, %d nodes near %s%n", hashes.size(), nodes, target);
      }
    }
    return ExitCode.OK.code();
  }
}
