package sluice.cli.purse;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.ledger.wallet.Keystore;
import sluice.ledger.wallet.KeystoreException;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;

/** Keystores of wallets and hubs. */
public final class KeyFiles {
  private KeyFiles() {}

  /** Writes {@code key} to a file that does not exist. */
  public static void create(Path file, PayKey key, Passwords passwords, Optional<Path> from)
      throws IOException {
    if (Files.exists(file)) {
      throw exists(file);
    }
    char[] password = passwords.get(from, true);
    try {
      Places.make(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Keystore.create(file, key, password);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static Problem exists(Path file) {
    return new Problem(
        ExitCode.FAILED,
        file + " is there, and a key is never overwritten; name another file, or move that one");
  }

  /** The key in a file. */
  public static PayKey open(Path file, Passwords passwords, Optional<Path> from)
      throws IOException {
    try {
      Keystore keystore = Keystore.read(file);
      char[] password = passwords.get(from, false);
      try {
        return keystore.open(password);
      } finally {
        Arrays.fill(password, '\0');
      }
    } catch (KeystoreException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** The address of the key in a file, which stays closed. */
  public static PayAddress address(Path file) throws IOException {
    try {
      return Keystore.read(file).address();
    } catch (KeystoreException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
