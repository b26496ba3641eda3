package sluice.cli.purse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Where keys and ledgers are kept when nobody says otherwise: XDG_DATA_HOME/sluice. */
public final class Places {
  private Places() {}

  /** The file of the wallet's key. */
  public static Path wallet() {
    return folder().resolve("wallet.json");
  }

  /** The folder of a hub: its key and its database. */
  public static Path ledger() {
    return folder().resolve("ledger");
  }

  private static Path folder() {
    String home = System.getenv("XDG_DATA_HOME");
    return home == null || home.isEmpty()
        ? Path.of(System.getProperty("user.home", "."), ".local", "share", "sluice")
        : Path.of(home, "sluice");
  }

  /** Makes a folder that only its owner may enter, with those above it. */
  public static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      Files.createDirectories(Objects.requireNonNull(parent));
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
