package sluice.cli.command;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.cli.wiring.DhtSession;
import sluice.engine.dht.Dht;
import sluice.engine.dht.Inquiries.Pong;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;

/** Asks one node whether it is there. */
final class DhtPingCommand implements Command {
  private final Console console;
  private final DhtOptions options = new DhtOptions();

  private final PositionalParamSpec node =
      Syntax.word(HostPort.class, "HOST:PORT", "The node.").converters(Converters::peer).build();

  DhtPingCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("ping", this).addPositional(node));
    spec.usageMessage()
        .header("Ask a node whether it is there.")
        .description("Prints its id, how long the answer took and where it sees us.", "");
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    HostPort name = node.getValue();
    try (DhtSession session = options.open()) {
      List<InetAddress> addresses = session.resolve(name.host());
      Endpoint to = new Endpoint(addresses.getFirst(), name.port());
      Optional<Pong> pong =
          session.ask((Dht dht, CompletableFuture<Optional<Pong>> told) ->
              dht.whenBound(to.isIpv6(), () -> dht.inquiries().ping(to, told::complete)));
      if (pong.isEmpty()) {
        throw new Problem(ExitCode.FAILED, to + " does not answer");
      }
      show(to, pong.get());
    }
    return ExitCode.OK.code();
  }

  private void show(Endpoint to, Pong pong) {
    long micros = TimeUnit.NANOSECONDS.toMicros(pong.roundTripNanos());
    String seen = pong.seen().map(Endpoint::toString).orElse("");
    if (options.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("node", to.toString());
      line.put("id", pong.id().toString());
      line.put("milliseconds", micros / 1e3);
      line.put("seen", seen);
      console.out().println(Json.of(line));
    } else {
      String us = seen.isEmpty() ? "" : ", sees us at " + seen;
      console.out().printf("%s is there: id %s, %.1f ms%s%n", to, pong.id(), micros / 1e3, us);
    }
  }
}
