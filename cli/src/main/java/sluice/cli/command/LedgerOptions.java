package sluice.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.Places;
import sluice.ledger.store.Database;

/** Which ledger a command works on. */
final class LedgerOptions {
  private static final String SECRET = "(?i).*([?&]password=|//[^/@]*:[^/@]*@).*";

  private final OptionSpec state =
      Syntax.state(
              "Keep the hub's key and its database in DIR (by default sluice/ledger in"
                  + " $XDG_DATA_HOME).")
          .build();
  private final OptionSpec database =
      Syntax.option(
              String.class,
              "--database",
              "URL",
              "Use this database instead: jdbc:postgresql://HOST/NAME?user=NAME or"
                  + " jdbc:sqlite:FILE. The password is read from ~/.pgpass.")
          .converters(LedgerOptions::url)
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return Syntax.addStandardOptions(spec.addOption(state).addOption(database));
  }

  private static String url(String value) {
    if (value.matches(SECRET)) {
      throw new TypeConversionException(
          "everybody on this machine can read a command line: leave the password out of the URL"
              + " and write it to ~/.pgpass");
    } else if (!value.startsWith("jdbc:postgresql:") && !value.startsWith("jdbc:sqlite:")) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is no database; write it like jdbc:postgresql://localhost/ledger?user=ledger");
    }
    return value;
  }

  /** The folder of the hub's key, and of its database unless there is another. */
  Path folder() {
    Path folder = state.getValue();
    return folder == null ? Places.ledger() : folder;
  }

  /** The database's address as it was given. */
  Optional<String> given() {
    @Nullable String url = database.getValue();
    return Optional.ofNullable(url);
  }

  /** The file of the database in the folder. */
  static String sqlite(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("ledger.db");
  }

  /** Opens a database that is there. */
  Database open() {
    if (given().isEmpty() && !Files.exists(folder().resolve("ledger.db"))) {
      throw new Problem(
          ExitCode.NOT_FOUND,
          folder()
              + " holds no ledger; name its folder with --state or its database with"
              + " --database");
    }
    return open(given().orElse(sqlite(folder())));
  }

  /** Opens a database, and says in one line why it cannot. */
  static Database open(String url) {
    hush();
    try {
      return Database.open(url);
    } catch (RuntimeException e) {
      throw new Problem(
          ExitCode.FAILED,
          "cannot open the database "
              + url
              + ": "
              + reason(e)
              + "; check that it runs, that the name is right and that ~/.pgpass has the password");
    }
  }

  /** Has libraries tell only what is wrong. */
  private static void hush() {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  private static String reason(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage()).lines().findFirst().orElse(last.toString());
  }
}
