package sluice.cli.command;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;
import sluice.tracker.Listen;
import sluice.tracker.Tracker;
import sluice.tracker.TrackerOptions;

/** Runs a tracker until it is stopped. */
final class TrackerCommand implements Command {
  private final Console console;
  private final OptionSpec udp =
      Syntax.list(
              Listen.class,
              "--udp",
              "ADDR",
              "Answer announces by UDP at ADDR: PORT for all addresses of both families, or"
                  + " HOST:PORT with a numeric host.")
          .converters(Converters::listen)
          .build();
  private final OptionSpec http =
      Syntax.list(Listen.class, "--http", "ADDR", "Answer announces by HTTP at ADDR.")
          .converters(Converters::listen)
          .build();
  private final CommandSpec spec;

  TrackerCommand(Console console) {
    this.console = console;
    spec = Syntax.command("tracker", this).addOption(udp).addOption(http);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Tell peers of each other.")
        .description(
            "Runs a tracker, to which clients announce their torrents, until it is stopped by"
                + " Ctrl-C. All swarms are in memory: after a restart they come back within one"
                + " interval.",
            "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice tracker --udp 6969 --http 6969", "  sluice tracker --udp 127.0.0.1:6969");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    TrackerOptions options =
        TrackerOptions.open().withUdp(addresses(udp)).withHttp(addresses(http));
    if (options.udp().isEmpty() && options.http().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "say where to listen, for example --udp 6969");
    }
    try (Tracker tracker = Tracker.start(options)) {
      for (InetSocketAddress address : tracker.udpAddresses()) {
        console.out().println("udp " + Listen.text(address));
      }
      for (InetSocketAddress address : tracker.httpAddresses()) {
        console.out().println("http " + Listen.text(address));
      }
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static List<InetSocketAddress> addresses(OptionSpec option) {
    return option.<List<Listen>>getValue().stream()
        .flatMap(listen -> listen.addresses().stream())
        .toList();
  }
}
