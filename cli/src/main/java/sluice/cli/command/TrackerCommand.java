package sluice.cli.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.tracker.SettingsSource;
import sluice.tracker.Tracker;
import sluice.tracker.config.ConfigFile;
import sluice.tracker.config.ConfigProblem;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;

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
      Syntax.list(Listen.class, "--http", "ADDR", "Answer announces by HTTP and WebSocket at ADDR.")
          .converters(Converters::listen)
          .build();
  private final OptionSpec ws =
      Syntax.list(Listen.class, "--ws", "ADDR", "Another name of --http.")
          .converters(Converters::listen)
          .build();
  private final OptionSpec config =
      Syntax.option(Path.class, "--config", "FILE", "Read settings from a TOML file.")
          .converters(Converters::path)
          .build();
  private final CommandSpec spec;

  TrackerCommand(Console console) {
    this.console = console;
    spec =
        Syntax.command("tracker", this)
            .addOption(udp)
            .addOption(http)
            .addOption(ws)
            .addOption(config);
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
    TrackerSettings settings = settings();
    if (!settings.isListening()) {
      throw new ParameterException(
          spec.commandLine(), "say where to listen, for example --udp 6969");
    }
    TrackerLog.begin(console.err(), settings.logLevel());
    try (Tracker tracker = Tracker.start(settings, source())) {
      var _ = HangUp.onSignal(tracker::reload);
      // What the start leaves is moved at once, not while the first clients wait.
      System.gc();
      tell("udp ", tracker.udpAddresses());
      tell("http ", tracker.httpAddresses());
      tell("https ", tracker.httpsAddresses());
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private SettingsSource source() {
    Path file = config.getValue();
    return new SettingsSource() {
      @Override
      public TrackerSettings read() throws IOException {
        TrackerSettings fresh = file == null ? TrackerSettings.DEFAULT : ConfigFile.read(file);
        TrackerLog.level(fresh.logLevel());
        return fresh;
      }

      @Override
      public List<Path> files() {
        return file == null ? List.of() : List.of(file);
      }
    };
  }

  private TrackerSettings settings() throws IOException {
    try {
      return source()
          .read()
          .listening(addresses(udp), addresses(http))
          .listening(List.of(), addresses(ws));
    } catch (ConfigProblem e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private void tell(String way, List<InetSocketAddress> addresses) {
    addresses.forEach(address -> console.out().println(way + Listen.text(address)));
  }

  private static List<InetSocketAddress> addresses(OptionSpec option) {
    return option.<List<Listen>>getValue().stream()
        .flatMap(listen -> listen.addresses().stream())
        .toList();
  }
}
