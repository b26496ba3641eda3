package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher script with made-up JDKs and a made-up Maven. */
class LauncherTest {
  private static final long TIMEOUT_SECONDS = 30;
  private static final List<String> TOOLS =
      List.of(
          "readlink",
          "find",
          "head",
          "mkdir",
          "rm",
          "mv",
          "cat",
          "date",
          "tail",
          "tr",
          "sleep",
          "stty",
          "touch");

  @TempDir private Path temp;
  private Path project;
  private Path bin;
  private final Map<String, String> environment = new TreeMap<>();

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    Path launcher = Path.of("..", "sluice").toAbsolutePath().normalize();
    assumeTrue(File.separatorChar == '/', "the launcher is for POSIX systems");
    project = Files.createDirectories(temp.resolve("the project"));
    Files.copy(launcher, project.resolve("sluice"));
    assertThat(project.resolve("sluice").toFile().setExecutable(true)).isTrue();
    for (String module :
        List.of("protocol", "engine", "storage", "transport", "state", "client", "cli")) {
      Files.createDirectories(project.resolve(module).resolve("src/main"));
      Files.createFile(project.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(project.resolve("pom.xml"));
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : TOOLS) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(folder, tool);
        if (Files.exists(real) && !Files.exists(bin.resolve(tool))) {
          script(bin.resolve(tool), "exec " + real + " \"$@\"");
        }
      }
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("SLUICE_JVM_FOLDERS", temp.resolve("jvm").toString());
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    jdk(temp.resolve("jvm/old"), "17.0.1");
    Outcome outcome = launch();
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err()).contains("needs Java 25 or later").contains("Install a JDK 25");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void aWrongFolderInTheVariableIsNamed() throws Exception {
    jdk(temp.resolve("jvm/good"), "25");
    environment.put("SLUICE_JAVA_HOME", "/nowhere");
    Outcome outcome = launch();
    assertThat(outcome.code()).isEqualTo(69);
    assertThat(outcome.err()).contains("SLUICE_JAVA_HOME is /nowhere");
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    jdk(temp.resolve("jvm/good"), "25.0.3");
    Outcome outcome = launch();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("Maven (mvn), which builds it, is not installed");
    assertThat(project.resolve("cli/target/build.lock")).doesNotExist();
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    jdk(temp.resolve("jvm/good"), "26-ea");
    maven("mkdir -p cli/target/dist/lib; touch cli/target/dist/stamp; echo b >>built");
    assertThat(launch("--json", "a b").out()).endsWith("[--json][a b]\n");
    Outcome second = launch("x");
    assertThat(second.out()).isEqualTo("[x]\n");
    assertThat(second.err()).isEmpty();
    assertThat(Files.readString(project.resolve("built"))).isEqualTo("b\n");
    Path source = Files.writeString(project.resolve("engine/src/main/A.java"), "class A {}");
    long later = Files.getLastModifiedTime(project.resolve("cli/target/dist/stamp")).toMillis();
    assertThat(source.toFile().setLastModified(later + 2000)).isTrue();
    assertThat(launch().err()).contains("built in");
    assertThat(Files.readString(project.resolve("built"))).isEqualTo("b\nb\n");
  }

  @Test
  void aBuildThatFailsShowsItsLastLines() throws Exception {
    jdk(temp.resolve("jvm/good"), "25");
    maven("echo the reason; exit 1");
    Outcome outcome = launch();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("the reason").contains("cli/target/build.log");
    assertThat(project.resolve("cli/target/dist")).doesNotExist();
    assertThat(project.resolve("cli/target/build.lock")).doesNotExist();
  }

  @Test
  void linksToTheLauncherAndJavaOnThePathWork() throws Exception {
    jdk(temp.resolve("elsewhere"), "25");
    Files.createSymbolicLink(bin.resolve("java"), temp.resolve("elsewhere/bin/java"));
    maven("mkdir -p cli/target/dist/lib; touch cli/target/dist/stamp");
    Path link = Files.createSymbolicLink(bin.resolve("sl"), Path.of("../the project/sluice"));
    assertThat(run(List.of(link.toString(), "y")).out()).endsWith("[y]\n");
    Files.createDirectories(project.resolve("cli/target/build.lock"));
    Files.writeString(project.resolve("cli/target/build.lock/pid"), "999999999");
    Files.delete(project.resolve("cli/target/dist/stamp"));
    assertThat(launch("z").out()).as("a dead lock counts for nothing").endsWith("[z]\n");
  }

  /** With these options its pauses were measured (docs/tracker.md). */
  @Test
  void aTrackerHasLittleRoomForNewObjects() throws Exception {
    jdk(temp.resolve("jvm/good"), "25");
    maven("mkdir -p cli/target/dist/lib; touch cli/target/dist/stamp");
    environment.put("SLUICE_SHOW_OPTIONS", "1");
    assertThat(launch("tracker", "--udp", "6969").out())
        .contains("-Xmx1g ", "-Xmn2m ", "-XX:+UseSerialGC");
    assertThat(launch("daemon").out()).contains("-Xmx1g ").doesNotContain("-Xmn");
  }

  /** A JDK that prints the program's arguments, each in brackets. */
  private static void jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "A=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "while [ \"$1\" != sluice.cli.Main ]; do [ $# -gt 0 ] || exit 0; shift; done; shift\n"
            + "for word in \"$@\"; do printf '[%s]' \"$word\"; done; echo");
  }

  private void maven(String body) throws IOException {
    script(bin.resolve("mvn"), body);
  }

  private static void script(Path path, String body) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + body + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private Outcome launch(String... args) throws Exception {
    List<String> line = new ArrayList<>(List.of(project.resolve("sluice").toString()));
    line.addAll(List.of(args));
    return run(line);
  }

  private Outcome run(List<String> line) throws Exception {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher hangs: " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
