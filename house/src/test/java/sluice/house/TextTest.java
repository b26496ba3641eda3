package sluice.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How text files look, and what of the machine that they were written on they must not name. */
final class TextTest {
  private static final Pattern HOME =
      Pattern.compile("(?<![\\w.:/-])/(?:root|home/\\w+|Users/\\w+)/|[A-Z]:\\\\Users\\\\");
  private static final Pattern URL = Pattern.compile("https?://([A-Za-z0-9.-]+)");
  private static final List<String> POM_HOSTS =
      List.of("maven.apache.org", "www.w3.org", "www.apache.org");
  private static final Pattern FOREIGN_SOURCE =
      Pattern.compile("<(?:repository|pluginRepository|mirror|distributionManagement)>");

  @Test
  void theScanSeesTheRepository() {
    assertThat(Repository.textFiles())
        .anyMatch(f -> f.endsWith("pom.xml"))
        .anyMatch(f -> f.endsWith("README.md"))
        .anyMatch(f -> f.endsWith(".ci/run"));
  }

  @Test
  void linesAreClean() {
    List<String> bad = new ArrayList<>();
    for (Path file : Repository.textFiles()) {
      String text = Repository.read(file);
      if (file.endsWith("LICENSE") || file.toString().endsWith(".tsv")) {
        continue;
      }
      int number = 0;
      for (String line : text.split("\n", -1)) {
        number++;
        if (line.indexOf('\t') >= 0 || line.indexOf('\r') >= 0 || line.endsWith(" ")) {
          bad.add(at(file, number));
        }
      }
      if (!text.isEmpty() && (!text.endsWith("\n") || text.endsWith("\n\n"))) {
        bad.add(at(file, number) + " (end of file)");
      }
    }
    assertThat(bad)
        .as("tabs, carriage returns, trailing space, missing or extra last line")
        .isEmpty();
  }

  @Test
  void noFileNamesTheMachine() {
    List<String> machine = new ArrayList<>();
    machine.add(Repository.root().toString());
    machine.add(System.getProperty("user.home") + "/");
    machine.removeIf(s -> s.length() < 5);
    List<String> bad = new ArrayList<>();
    for (Path file : Repository.textFiles()) {
      String text = Repository.read(file);
      Matcher home = HOME.matcher(text);
      while (home.find()) {
        bad.add(Repository.root().relativize(file) + ": " + home.group());
      }
      for (String word : machine) {
        if (text.contains(word)) {
          bad.add(Repository.root().relativize(file) + ": " + word);
        }
      }
    }
    assertThat(bad).as("absolute paths of one machine").isEmpty();
  }

  @Test
  void theBuildNamesNoServer() {
    List<String> bad = new ArrayList<>();
    for (Path file : Repository.textFiles()) {
      if (!file.endsWith("pom.xml")) {
        continue;
      }
      String text = Repository.read(file);
      if (FOREIGN_SOURCE.matcher(text).find()) {
        bad.add(Repository.root().relativize(file) + ": repository or mirror");
      }
      Matcher url = URL.matcher(text);
      while (url.find()) {
        if (!POM_HOSTS.contains(url.group(1))) {
          bad.add(Repository.root().relativize(file) + ": " + url.group());
        }
      }
    }
    assertThat(bad).as("servers that a build file names").isEmpty();
  }

  @Test
  void scriptsCanBeStarted() {
    assertThat(Repository.textFiles())
        .filteredOn(f -> Repository.read(f).startsWith("#!"))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(Files.isExecutable(f)).as("%s is executable", f).isTrue());
  }

  private static String at(Path file, int line) {
    return Repository.root().relativize(file) + ":" + line;
  }
}
