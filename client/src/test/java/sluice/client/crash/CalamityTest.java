package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A client on full and vanished disks, for real: {@link Calamity} in a mount namespace. */
@Execution(ExecutionMode.CONCURRENT)
class CalamityTest {
  @TempDir Path folder;

  @Test
  void fullAndVanishedDisksStopOnlyWhatNeedsThem() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Files.createDirectory(folder.resolve("large"));
    String script = "mount -t tmpfs -o size=8m tmpfs \"$0\" && exec \"$@\"";
    List<String> command =
        new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, small.toString()));
    if (!canMount(command)) {
      assertThat(System.getenv("CI")).as("no mount namespace here").isNotEqualTo("true");
      assumeTrue(false, "no mount namespace here");
    }
    command.addAll(Child.command(Calamity.class, folder.toString()));
    Path errors = folder.resolve("errors");
    List<String> lines = new ArrayList<>();
    try (Child child = Child.start(command, "", errors)) {
      for (String line = child.line(); line != null; line = child.line()) {
        lines.add(line);
      }
    }
    assertThat(lines).as(Files.readString(errors)).contains("all is well");
  }

  private static boolean canMount(List<String> command) throws IOException, InterruptedException {
    List<String> nothing = new ArrayList<>(command);
    nothing.add("true");
    return new ProcessBuilder(nothing).start().waitFor() == 0;
  }
}
