import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the web page by the machine's npm and puts it among the daemon's resources, where it is
 * kept in the repository: those who build Sluice need no npm. Run in the root of the repository:
 * {@code java daemon/src/build/PageBuild.java}, or by Maven's profile {@code page}.
 */
final class PageBuild {
  private static final Path WEB = Path.of("web");
  private static final Path BUNDLE = Path.of("daemon/src/main/resources/sluice/daemon/page/bundle");

  private PageBuild() {}

  public static void main(String[] args) throws Exception {
    if (!Files.isDirectory(WEB)) {
      throw new IllegalStateException("run it in the root of the repository");
    }
    run("npm", "ci", "--no-audit", "--no-fund");
    run("npm", "run", "build");
    Files.createDirectories(BUNDLE);
    for (Path old : list(BUNDLE)) {
      Files.delete(old);
    }
    StringBuilder names = new StringBuilder();
    for (Path file : list(WEB.resolve("dist"))) {
      if (file.toString().endsWith(".png")) {
        Files.copy(file, BUNDLE.resolve(file.getFileName()));
      } else {
        Files.writeString(BUNDLE.resolve(file.getFileName()), clean(Files.readString(file)));
      }
      names.append(file.getFileName()).append('\n');
    }
    Files.writeString(BUNDLE.resolve("files.txt"), names);
    Files.writeString(BUNDLE.resolve("sources.sha256"), digest() + "\n");
  }

  /** The rules of the repository's texts hold for these, too. */
  private static String clean(String text) {
    return text.replace("\t", "\\t").replaceAll(" +\n", "\n").strip() + "\n";
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String digest() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<Path> sources;
    try (Stream<Path> files = Files.walk(WEB.resolve("src"));
        Stream<Path> others = Files.walk(WEB.resolve("public"))) {
      sources =
          Stream.of(
                  Stream.of("index.html", "package-lock.json", "vite.config.ts").map(WEB::resolve),
                  files,
                  others)
              .flatMap(each -> each)
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    for (Path file : sources) {
      digest.update(WEB.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void run(String... command) throws Exception {
    int code;
    try {
      code = new ProcessBuilder(command).directory(WEB.toFile()).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("the page is built by npm, which is not installed", e);
    }
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + code);
    }
  }
}
