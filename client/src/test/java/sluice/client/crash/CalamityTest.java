package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import sluice.testkit.Child;
import sluice.testkit.MountSpace;

/** A client on full and vanished disks, for real: {@link Calamity} in a mount namespace. */
@Execution(ExecutionMode.CONCURRENT)
class CalamityTest {
  @TempDir Path folder;

  @Test
  void fullAndVanishedDisksStopOnlyWhatNeedsThem() throws Exception {
    Files.createDirectory(folder.resolve("large"));
    MountSpace space = new MountSpace(Files.createDirectory(folder.resolve("small")), "8m");
    Optional<String> lack = space.lack();
    assumeTrue(lack.isEmpty(), lack::toString);
    List<String> command = space.command(Child.command(Calamity.class, folder.toString()));
    Path errors = folder.resolve("errors");
    try (Child child = Child.start(command, "", errors)) {
      assertThat(child.lines()).as(Files.readString(errors)).contains("all is well");
    }
  }
}
