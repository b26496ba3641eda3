package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Torrents;

/** Starts a daemon that goes on when the command has ended, or torrents of the one that runs. */
final class StartCommand implements Command {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_MILLIS = 50;

  private final Console console;
  private final OptionSpec config = DaemonSyntax.config();
  private final TorrentActions torrents = new TorrentActions();
  private final OptionSpec force = Syntax.flag("--force", "Start torrents outside the queue.");

  StartCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("start", this).addOption(config).addOption(force);
    torrents
        .addTo(spec)
        .usageMessage()
        .header("Start a daemon and leave it running, or start torrents.")
        .description(
            "Starts 'sluice daemon' and ends as soon as it answers. What it has to say goes to the"
                + " file daemon.log in its state folder. With torrents, lets these run in the"
                + " daemon that runs already.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    if (torrents.isAnyNamed()) {
      String action = force.<Boolean>getValue() ? "/force" : "/start";
      return torrents.run(
          console,
          "started",
          (daemon, torrent) ->
              daemon.ask("POST", Torrents.path(torrent) + action, "application/json"));
    }
    Path folder =
        torrents
            .remote()
            .folder()
            .orElseThrow(() -> new Problem(ExitCode.USAGE, "--url goes with torrents"));
    Optional<DaemonCall> running = DaemonCall.find(folder);
    if (running.isPresent()) {
      throw new Problem(
          ExitCode.FAILED, "a daemon runs already, as process " + running.get().pid());
    }
    Path log = Files.createDirectories(folder).resolve("daemon.log");
    Process process = launch(folder, log);
    if (!await(process, folder)) {
      throw new Problem(
          ExitCode.FAILED,
          process.isAlive()
              ? "the daemon has not answered in a minute; see " + log
              : "the daemon ended at once: " + lastLine(log));
    }
    console.out().print(Files.readString(log));
    return ExitCode.OK.code();
  }

  private Process launch(Path folder, Path log) throws IOException {
    String launcher = System.getProperty("sluice.launcher", "");
    if (launcher.isEmpty()) {
      throw new Problem(ExitCode.FAILED, "start works by the program's launcher only");
    }
    List<String> words = new ArrayList<>(List.of(launcher, "daemon", "--state", folder.toString()));
    DaemonSyntax.path(config)
        .ifPresent(file -> words.addAll(List.of("--config", file.toAbsolutePath().toString())));
    return new ProcessBuilder(words)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(log.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static boolean await(Process process, Path folder) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - end < 0) {
      if (DaemonCall.find(folder).isPresent()) {
        return true;
      } else if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }
}
