package sluice.storage.file;

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

/** Full and vanished disks, for real: {@link Calamity} in a mount namespace. */
class CalamityTest {
  @TempDir Path folder;

  @Test
  void fullAndVanishedDisksStopOnlyWhatNeedsThem() throws Exception {
    Files.createDirectory(folder.resolve("large"));
    MountSpace space = new MountSpace(Files.createDirectory(folder.resolve("small")), "2m");
    Optional<String> lack = space.lack();
    assumeTrue(lack.isEmpty(), lack::toString);
    List<String> command = space.command(Child.command(Calamity.class, folder.toString()));
    Path errors = folder.resolve("errors");
    try (Child child = Child.start(command, "", errors)) {
      assertThat(child.lines()).as(Files.readString(errors)).endsWith("all is well");
    }
  }
}
