package sluice.cli.command;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.market.MarketTrade;
import sluice.cli.wiring.DaemonFiles;
import sluice.cli.wiring.StateProblem;
import sluice.daemon.Daemon;
import sluice.daemon.ServiceNotice;
import sluice.daemon.config.DaemonSettings;
import sluice.state.fault.StateException;

/** Runs a daemon until it is stopped. */
final class DaemonCommand implements Command {
  /** The web server tells at each start what it is made of. */
  private static final Logger QUIET = Logger.getLogger("io.helidon");

  private final Console console;
  private final OptionSpec config = DaemonSyntax.config();
  private final OptionSpec state = DaemonSyntax.state();

  DaemonCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("daemon", this).addOption(config).addOption(state);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Keep running, with a web page and the APIs of other programs.")
        .description(
            "Runs a client until it is stopped, with a web page, Transmission's RPC and"
                + " qBittorrent's Web API at one address, which other machines do not reach unless"
                + " the configuration says so. The first start prints a link that opens the page"
                + " once. Programs get keys of their own, which they send as their password.",
            "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice daemon", "  sluice start", "  sluice status --link");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    QUIET.setLevel(Level.WARNING);
    DaemonSettings settings =
        DaemonFiles.settings(DaemonSyntax.path(config), DaemonSyntax.path(state));
    Optional<String> manager = Optional.ofNullable(System.getenv("NOTIFY_SOCKET"));
    CountDownLatch closed = new CountDownLatch(1);
    try (Daemon daemon = start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon, closed), "stop"));
      console.out().println("page " + daemon.url());
      console.out().println("peers " + daemon.peerPort());
      if (daemon.isFirst()) {
        console.out().println("log in once, within 15 minutes: " + daemon.link());
      }
      console.out().flush();
      ServiceNotice.send(manager, "READY=1");
      daemon.awaitEnd();
      ServiceNotice.send(manager, "STOPPING=1");
    } finally {
      closed.countDown();
    }
    return ExitCode.OK.code();
  }

  private static Daemon start(DaemonSettings settings) throws Exception {
    try {
      // The market's classes are loaded only by those who trade.
      return Daemon.start(
          settings,
          (market, terms) -> MarketTrade.open(market, terms, settings.client().transport()));
    } catch (StateException e) {
      throw StateProblem.of(settings.state(), e);
    } catch (IllegalStateException | UncheckedIOException e) {
      if (isTaken(e)) {
        throw new Problem(
            ExitCode.FAILED,
            settings.listen()
                + " is in use; stop what uses it, or set another port in the configuration");
      }
      throw e;
    }
  }

  private static boolean isTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** On a signal the JVM ends when this returns. */
  private static void end(Daemon daemon, CountDownLatch closed) {
    daemon.end();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
