package sluice.storage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.port.Fault;
import sluice.protocol.digest.Hash;

/** Full and vanished disks, for real: {@link Calamity} in a mount namespace. */
class CalamityTest {
  @TempDir Path folder;

  @Test
  void fullAndVanishedDisksStopOnlyWhatNeedsThem() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Files.createDirectory(folder.resolve("large"));
    String mount = "mount -t tmpfs -o size=2m tmpfs '" + small + "'";
    Process probe = start(mount);
    String reason = new String(probe.getInputStream().readAllBytes(), UTF_8);
    if (probe.waitFor() != 0) {
      assertThat(System.getenv("CI")).as("no mount namespace here: " + reason).isNotEqualTo("true");
      assumeTrue(false, "no mount namespace here: " + reason);
    }
    String classes =
        Stream.of(Calamity.class, Disk.class, Fault.class, Hash.class)
            .map(CalamityTest::place)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process run =
        start(
            mount
                + " && exec '"
                + java
                + "' -ea -cp '"
                + classes
                + "' "
                + Calamity.class.getName()
                + " '"
                + folder
                + "'");
    String said = new String(run.getInputStream().readAllBytes(), UTF_8);
    assertThat(run.waitFor()).as(said).isZero();
    assertThat(said).endsWith("all is well\n");
  }

  private static Process start(String script) throws java.io.IOException {
    return new ProcessBuilder("unshare", "-rm", "sh", "-c", script)
        .redirectErrorStream(true)
        .start();
  }

  private static String place(Class<?> type) {
    return Path.of(
            java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
