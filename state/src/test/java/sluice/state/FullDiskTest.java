package sluice.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.testkit.Child;
import sluice.testkit.MountSpace;

/** The state on a file system that is full: in a mount namespace of its own, so on Linux only. */
final class FullDiskTest {
  @TempDir Path dir;
  @TempDir Path temp;

  @Test
  void theReserveCarriesRecordsOverAFullDisk() throws Exception {
    MountSpace space = new MountSpace(dir, "24m");
    Optional<String> lack = space.lack();
    assumeTrue(lack.isEmpty(), lack::toString);
    List<String> command = space.command(Child.command(FullMain.class, dir.toString()));
    Path errors = temp.resolve("errors");
    try (Child child = Child.start(command, "", errors)) {
      assertThat(child.lines()).as(Files.readString(errors)).endsWith("ok");
      assertThat(child.end()).as(Files.readString(errors)).isZero();
    }
  }
}
