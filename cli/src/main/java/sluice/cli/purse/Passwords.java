package sluice.cli.purse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.cli.ExitCode;
import sluice.cli.Problem;

/**
 * Where a keystore's password comes from: a file, the environment, or the terminal. Never from the
 * command line, which every user of the machine can read.
 *
 * @param variable name of the environment variable
 * @param environment values of variables; null for those that are not set
 */
public record Passwords(String variable, UnaryOperator<@Nullable String> environment) {
  /** Of a member's wallet. */
  public static final String WALLET = "SLUICE_WALLET_PASSWORD";

  /** Of a hub's key. */
  public static final String LEDGER = "SLUICE_LEDGER_PASSWORD";

  private static final int MAX_FILE_BYTES = 4_096;

  /** By the process's environment. */
  public static Passwords of(String variable) {
    return new Passwords(variable, System::getenv);
  }

  /**
   * The password.
   *
   * @param file whose first line is the password, if one was given
   * @param isNew whether it is chosen, and so asked for twice
   */
  public char[] get(Optional<Path> file, boolean isNew) throws IOException {
    char[] password;
    String set = environment.apply(variable);
    if (file.isPresent()) {
      password = firstLine(file.get());
    } else if (set != null) {
      password = set.toCharArray();
    } else {
      password = ask(isNew);
    }
    if (password.length == 0) {
      throw new Problem(ExitCode.USAGE, "the password is empty");
    }
    return password;
  }

  private static char[] firstLine(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new Problem(ExitCode.INVALID, file + " is too long for a password");
    }
    byte[] bytes = Files.readAllBytes(file);
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    int length = 0;
    while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
      length++;
    }
    char[] line = new char[length];
    text.get(line);
    Arrays.fill(bytes, (byte) 0);
    return line;
  }

  private char[] ask(boolean isNew) {
    java.io.Console terminal =
        Optional.ofNullable(System.console())
            .filter(java.io.Console::isTerminal)
            .orElseThrow(() ->
                new Problem(
                    ExitCode.USAGE,
                    "there is no terminal to ask for the password: set "
                        + variable
                        + ", or name a file with --password-file"));
    char[] password = read(terminal, isNew ? "New password: " : "Password: ");
    if (isNew && !Arrays.equals(password, read(terminal, "Again: "))) {
      throw new Problem(ExitCode.USAGE, "the passwords differ; nothing was written");
    }
    return password;
  }

  private static char[] read(java.io.Console terminal, String prompt) {
    char @Nullable [] password = terminal.readPassword("%s", prompt);
    if (password == null) {
      throw new Problem(ExitCode.USAGE, "no password was given");
    }
    return password;
  }
}
