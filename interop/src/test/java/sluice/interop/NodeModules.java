package sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Clients in JavaScript, installed below {@code target} from the committed lock file. */
final class NodeModules {
  private static final Path SCRIPTS = Sluice.root().resolve("interop/src/test/node");
  private static final List<String> FILES =
      List.of(
          "package.json",
          "package-lock.json",
          "announce.js",
          "page.html",
          "browser.js",
          "clients.js",
          "flood.js",
          "looks.js",
          "settings.js",
          "page.js",
          "transmission.js");
  private static final Duration INSTALLATION = Duration.ofMinutes(5);

  private NodeModules() {}

  /** The folder with scripts and packages. */
  static synchronized Path folder() {
    Program.need("node", Program.isOnPath("node"));
    Program.need("npm", Program.isOnPath("npm"));
    Path folder = Sluice.root().resolve("interop/target/node");
    try {
      Files.createDirectories(folder);
      Path lock = folder.resolve("package-lock.json");
      Path source = SCRIPTS.resolve("package-lock.json");
      // npm writes this file when all packages are there.
      Path done = folder.resolve("node_modules/.package-lock.json");
      boolean same = Files.exists(lock) && Files.mismatch(lock, source) < 0;
      if (!same || !Files.exists(done)) {
        for (String file : List.of("package.json", "package-lock.json")) {
          Files.copy(
              SCRIPTS.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        install(folder);
      }
      for (String file : FILES) {
        Files.copy(
            SCRIPTS.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(Path folder) {
    List<String> command =
        List.of("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund");
    try (RealProcess npm = RealProcess.start("npm", folder, command)) {
      if (npm.awaitExit(INSTALLATION) != 0) {
        throw new AssertionError("packages cannot be installed: " + npm);
      }
    }
  }
}
