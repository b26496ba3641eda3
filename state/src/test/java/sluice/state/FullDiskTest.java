package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state on a file system that is full: in a mount namespace of its own, so on Linux only. */
final class FullDiskTest {
  @TempDir Path dir;

  @Test
  void theReserveCarriesRecordsOverAFullDisk() throws Exception {
    assumeTrue(canMount(), "no user namespaces with a tmpfs here");
    List<String> lines = new ArrayList<>();
    List<String> command = new ArrayList<>(mounting());
    command.addAll(Child.command(FullMain.class));
    command.add(dir.toString());
    try (Child child = Child.start(command, "")) {
      for (String line = child.line(); line != null; line = child.line()) {
        lines.add(line);
      }
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines.getLast()).as("%s", lines).isEqualTo("ok");
  }

  private List<String> mounting() {
    String script = "mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"";
    return List.of("unshare", "-rm", "sh", "-c", script, dir.toString());
  }

  private boolean canMount() throws InterruptedException {
    try {
      List<String> command = new ArrayList<>(mounting());
      command.add("true");
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
