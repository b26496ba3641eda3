import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs google-java-format over all Java files of the repository. Started by Maven as a single-file
 * program: {@code Format ROOT check|apply}, with the formatter on the class path.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

  private Format() {}

  /** {@code check} names the files that differ and ends with 1 when there are any. */
  public static void main(String[] args) throws IOException {
    List<String> all = new ArrayList<>(options(args[1]));
    Files.walkFileTree(
        Path.of(args[0]),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              all.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Main.main(all.toArray(String[]::new));
  }

  private static List<String> options(String mode) {
    return switch (mode) {
      case "apply" -> List.of("--replace");
      case "check" -> {
        System.err.println("To format what is listed here: mvn -q -B -N -Pformat process-sources");
        yield List.of("--dry-run", "--set-exit-if-changed");
      }
      default -> throw new IllegalArgumentException("check or apply, not " + mode);
    };
  }
}
