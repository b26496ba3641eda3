package sluice.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;

/** The command line: finds the command, runs it, and turns what goes wrong into one clear line. */
public final class Program {
  static {
    // Picocli would look up methods that convert to these; options name their converters instead.
    System.setProperty("picocli.converters.excludes", "java.*");
  }

  private final Console console;
  private final SluiceCommand root = new SluiceCommand();
  private final CommandLine commands;
  private final Map<String, Function<Console, Command>> subcommands = new LinkedHashMap<>();

  public Program(Console console) {
    this.console = console;
    subcommands.put("get", GetCommand::new);
    subcommands.put("seed", SeedCommand::new);
    subcommands.put("list", ListCommand::new);
    subcommands.put("create", CreateCommand::new);
    subcommands.put("info", InfoCommand::new);
    subcommands.put("verify", VerifyCommand::new);
    subcommands.put("scrape", ScrapeCommand::new);
    subcommands.put("tracker", TrackerCommand::new);
    subcommands.put("demo", DemoCommand::new);
    subcommands.put("dht", DhtCommand::of);
    subcommands.put("daemon", DaemonCommand::new);
    subcommands.put("start", StartCommand::new);
    subcommands.put("stop", StopCommand::new);
    subcommands.put("status", StatusCommand::new);
    subcommands.put("add", AddCommand::new);
    subcommands.put("rm", RmCommand::new);
    subcommands.put("move", MoveCommand::new);
    subcommands.put("limits", LimitsCommand::new);
    subcommands.put("peers", PeersCommand::new);
    subcommands.put("files", FilesCommand::new);
    subcommands.put("watch", WatchCommand::new);
    subcommands.put("import", ImportCommand::new);
    subcommands.put("backup", BackupCommand::new);
    subcommands.put("restore", RestoreCommand::new);
    subcommands.put("ledger", LedgerCommand::of);
    subcommands.put("wallet", WalletCommand::new);
    subcommands.put("tron", TronCommand::of);
    subcommands.put("completion", c -> new CompletionCommand(c, this::whole));
    subcommands.put("man", c -> new ManCommand(c, this::whole));
    this.commands = new CommandLine(root.spec());
  }

  /**
   * Runs one command line and gives the exit code. When the first word is a command, only that one
   * is made: those that nobody asked for would delay the first packet.
   */
  public int run(String... args) {
    if (args.length > 0 && subcommands.containsKey(args[0])) {
      subcommands.keySet().retainAll(List.of(args[0]));
    }
    describe();
    return commands
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(this::onUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> onFailure(e, isJson(parsed)))
        .execute(args);
  }

  private void describe() {
    subcommands.forEach((name, maker) -> commands.addSubcommand(name, maker.apply(console).spec()));
  }

  /** The program with all its commands. */
  private CommandLine whole() {
    Program program = new Program(console);
    program.describe();
    return program.commands;
  }

  private int onUsage(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException u && e.getCommandLine().equals(commands)) {
      message = "there is no command or option '" + u.getUnmatched().getFirst() + "'";
    }
    tell(new Problem(ExitCode.USAGE, message), List.of(args).contains("--json"));
    console.err().println("Try '" + command + " --help'.");
    return ExitCode.USAGE.code();
  }

  private int onFailure(Exception e, boolean json) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Problem problem =
        switch (e) {
          case Problem p -> p;
          case IOException io -> fileProblem(io);
          default ->
              new Problem(
                  ExitCode.FAILED,
                  "unexpected error: " + e + (root.debug() ? "" : "; add --debug to see where"));
        };
    tell(problem, json);
    if (root.debug()) {
      e.printStackTrace(console.err());
    }
    return problem.exit().code();
  }

  private void tell(Problem problem, boolean json) {
    String message = String.valueOf(problem.getMessage());
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "error");
      line.put("code", problem.exit().code());
      line.put("message", message);
      console.out().println(Json.of(line));
    }
    console.err().println("sluice: " + Printable.clean(message));
  }

  private static Problem fileProblem(IOException e) {
    return switch (e) {
      case NoSuchFileException f ->
          new Problem(ExitCode.NOT_FOUND, f.getFile() + ": no such file or folder");
      case AccessDeniedException f ->
          new Problem(ExitCode.FAILED, f.getFile() + ": permission denied");
      case FileSystemException f when f.getReason() != null ->
          new Problem(ExitCode.FAILED, f.getFile() + ": " + f.getReason());
      default -> new Problem(ExitCode.FAILED, "cannot read or write: " + e.getMessage());
    };
  }

  private static boolean isJson(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--json");
  }
}
