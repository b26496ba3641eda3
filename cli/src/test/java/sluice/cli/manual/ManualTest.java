package sluice.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.cli.CapturedConsole;

/** Manual pages and completions, as the programs that they are for take them. */
class ManualTest {
  @TempDir private Path temp;

  private static String run(String... words) {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run((Object[]) words)).as(console.err()).isZero();
    return console.out();
  }

  @Test
  void thereIsAPageForEachCommandThatNamesItsOptions() {
    assertThat(run("man"))
        .startsWith(".TH \"SLUICE\" 1")
        .contains("\\fBget\\fR", "\\fBadd\\fR", "EXIT STATUS", "\\fB7\\fR");
    assertThat(run("man", "get")).contains("\\fB\\-\\-select\\fR=\\fIFILES\\fR", "EXAMPLES");
    assertThat(run("man", "dht", "put")).startsWith(".TH \"SLUICE\\-DHT\\-PUT\"");
    assertThat(new CapturedConsole().run("man", "nothing")).isEqualTo(3);
  }

  @Test
  void groffSetsAllPagesWithoutWarnings() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
    run("man", "--all", temp.toString());
    List<String> command = new java.util.ArrayList<>(List.of("groff", "-man", "-Tascii", "-ww"));
    try (Stream<Path> pages = Files.list(temp)) {
      pages.sorted().map(Path::toString).forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(40);
    Path said = temp.resolve("said");
    Path shown = temp.resolve("shown");
    Process groff =
        new ProcessBuilder(command)
            .redirectError(said.toFile())
            .redirectOutput(shown.toFile())
            .start();
    assertThat(groff.waitFor()).isZero();
    assertThat(said).isEmptyFile();
    assertThat(Files.readString(shown)).contains("--sequential", "sluice-files");
  }

  @ParameterizedTest
  @CsvSource({"li, list", "daem, daemon", "'list --cat', --category", "'dht sam', sample"})
  void bashCompletes(String typed, String completed) throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "bash is not installed");
    Path script = Files.writeString(temp.resolve("sluice.bash"), run("completion", "bash"));
    String words = "sluice " + typed;
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_sluice;"
                .formatted(script, words, words.split(" ").length - 1, words)
            + " echo \"${COMPREPLY[*]}\"";
    assertThat(bash(line)).contains(completed);
  }

  private static String bash(String line) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("/bin/bash", "--norc", "-c", line).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void fishIsToldOfCommandsAndOptions() {
    assertThat(run("completion", "fish"))
        .contains(
            "complete -c sluice -n '__fish_use_subcommand' -a list -d 'List the torrents",
            "complete -c sluice -n '__fish_seen_subcommand_from dht; and"
                + " __fish_seen_subcommand_from get' -l salt -r");
    assertThat(run("completion", "zsh")).contains("bashcompinit");
    assertThat(new CapturedConsole().run("completion", "cmd")).isEqualTo(2);
  }
}
